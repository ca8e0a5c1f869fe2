package io.oodmonitor.embedded;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a registry knows, at one moment. Immutable; also the layout of its file.
 *
 * @param compatibility what subjects without a level of their own ask of their next schema
 * @param schemas       the schemas' texts; the first has id 1. INVARIANT: none is ever removed or moved.
 * @param subjects      by name
 */
record RegistryContents(
    RegistryCompatibility compatibility, List<String> schemas, SortedMap<String, RegistrySubject> subjects) {

    static final RegistryContents EMPTY =
        new RegistryContents(RegistryCompatibility.BACKWARD, List.of(), new TreeMap<>());

    RegistryContents {
        schemas = List.copyOf(schemas);
        subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
        int known = schemas.size();
        if (compatibility == null || subjects.values().stream().flatMap(s -> s.versions().stream())
            .anyMatch(v -> v.id() < 1 || v.id() > known)) {
            throw new IllegalArgumentException("every version must name a schema that is there");
        }
    }

    RegistrySubject subject(String name) {
        return subjects.getOrDefault(name, RegistrySubject.EMPTY);
    }

    /** 0 if there is no such schema. */
    int idOf(String schema) {
        return schemas.indexOf(schema) + 1;
    }

    RegistryContents with(RegistryCompatibility level) {
        return new RegistryContents(level, schemas, subjects);
    }

    RegistryContents plus(String schema) {
        List<String> more = new ArrayList<>(schemas);
        more.add(schema);
        return new RegistryContents(compatibility, more, subjects);
    }

    RegistryContents with(String name, RegistrySubject subject) {
        Map<String, RegistrySubject> changed = new TreeMap<>(subjects);
        if (subject.equals(RegistrySubject.EMPTY)) {
            changed.remove(name);
        } else {
            changed.put(name, subject);
        }
        return new RegistryContents(compatibility, schemas, new TreeMap<>(changed));
    }
}

package io.oodmonitor.embedded;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A subject: its schemas in the order they came, and what it asks of the next one. Immutable.
 *
 * @param compatibility its own level, or null to go by the registry's
 * @param versions      ascending, those softly deleted included
 */
record RegistrySubject(RegistryCompatibility compatibility, List<RegistryVersion> versions) {

    static final RegistrySubject EMPTY = new RegistrySubject(null, List.of());

    RegistrySubject {
        versions = List.copyOf(versions);
    }

    List<RegistryVersion> versions(boolean withDeleted) {
        return versions.stream().filter(v -> withDeleted || !v.deleted()).toList();
    }

    Optional<RegistryVersion> withId(int id, boolean withDeleted) {
        return versions(withDeleted).stream().filter(v -> v.id() == id).findFirst();
    }

    @JsonIgnore
    boolean isSoftlyDeleted() {
        return !versions.isEmpty() && versions(false).isEmpty();
    }

    RegistrySubject with(RegistryCompatibility level) {
        return new RegistrySubject(level, versions);
    }

    /** With that schema as its latest version; a softly deleted version of it gives way. */
    RegistrySubject plus(int id) {
        int next = versions.isEmpty() ? 1 : versions.get(versions.size() - 1).version() + 1;
        RegistrySubject rest = without(v -> v.id() == id && v.deleted());
        List<RegistryVersion> more = new ArrayList<>(rest.versions);
        more.add(new RegistryVersion(next, id, false));
        return new RegistrySubject(compatibility, more);
    }

    RegistrySubject without(Predicate<RegistryVersion> dropped) {
        return new RegistrySubject(compatibility, versions.stream().filter(dropped.negate()).toList());
    }

    RegistrySubject softlyWithout(Predicate<RegistryVersion> deleted) {
        return new RegistrySubject(compatibility, versions.stream()
            .map(v -> deleted.test(v) ? new RegistryVersion(v.version(), v.id(), true) : v).toList());
    }
}

package io.oodmonitor.embedded;

/**
 * A schema's place in a subject.
 *
 * @param version counts from 1 within the subject
 * @param id      the schema's id, the same in all subjects
 * @param deleted softly: no longer listed, still there
 */
record RegistryVersion(int version, int id, boolean deleted) {
}

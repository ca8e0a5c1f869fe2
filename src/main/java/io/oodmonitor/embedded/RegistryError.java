package io.oodmonitor.embedded;

/** An answer of the registry that is no success: an HTTP status, and the registry's own code behind it. */
final class RegistryError extends Exception {

    private final int code;

    private RegistryError(int code, String message) {
        super(message);
        this.code = code;
    }

    static RegistryError subjectNotFound(String subject) {
        return new RegistryError(40401, "Subject '" + subject + "' not found.");
    }

    static RegistryError versionNotFound(String version) {
        return new RegistryError(40402, "Version " + version + " not found.");
    }

    static RegistryError schemaNotFound() {
        return new RegistryError(40403, "Schema not found");
    }

    static RegistryError invalidSchema(String message) {
        return new RegistryError(42201, "Invalid schema: " + message);
    }

    static RegistryError invalidCompatibility(String level) {
        return new RegistryError(42203, "Invalid compatibility level " + level);
    }

    static RegistryError incompatible(String message) {
        return new RegistryError(409, "Schema being registered is incompatible with an earlier schema: " + message);
    }

    static RegistryError notFound() {
        return new RegistryError(404, "HTTP 404 Not Found");
    }

    static RegistryError tooLarge() {
        return new RegistryError(413, "The request is too large");
    }

    static RegistryError badRequest(String message) {
        return new RegistryError(400, message);
    }

    /** The registry's own code, such as 40403. */
    int code() {
        return code;
    }

    /** The HTTP status: the code's first three digits. */
    int status() {
        return code > 999 ? code / 100 : code;
    }
}

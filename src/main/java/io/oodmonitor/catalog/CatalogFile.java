package io.oodmonitor.catalog;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file to fetch.
 *
 * @param path    where it goes below the data folder
 * @param address where it comes from, http or https
 * @param bytes   its length, where that is known
 * @param sha256  its digest, where that is known
 * @param md5     the same
 */
public record CatalogFile(String path, URI address, OptionalLong bytes, Optional<String> sha256,
                          Optional<String> md5) {

    public CatalogFile {
        if (path.isEmpty() || path.startsWith("/") || path.contains("..")) {
            throw new IllegalArgumentException("path of a file must lie below the data folder, but is " + path);
        }
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException("address of " + path + " must be http or https, but is " + address);
        }
        requireHex(path, "sha256", sha256, 64);
        requireHex(path, "md5", md5, 32);
    }

    private static void requireHex(String path, String name, Optional<String> digest, int length) {
        if (digest.isPresent() && !digest.get().matches("[0-9a-f]{" + length + "}")) {
            throw new IllegalArgumentException(name + " of " + path + " must be " + length
                    + " hexadecimal digits, but is " + digest.get());
        }
    }
}

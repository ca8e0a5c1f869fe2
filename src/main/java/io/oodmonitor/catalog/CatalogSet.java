package io.oodmonitor.catalog;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A data set.
 *
 * @param name   for the command line
 * @param title  for readers
 * @param page   where it is described
 * @param file   the file it can be fetched as, if there is a public one
 * @param byHand how to get it where there is none
 * @param places where it may lie below the data folder, in the order they are looked at: the file's place is the last
 */
public record CatalogSet(String name, String title, URI page, Optional<CatalogFile> file, Optional<String> byHand,
                         List<String> places) {

    public CatalogSet {
        if (file.isPresent() == byHand.isPresent()) {
            throw new IllegalArgumentException("set " + name + " must have either a file or a way to get it by hand");
        }
        places = List.copyOf(places);
        if (places.isEmpty()) {
            throw new IllegalArgumentException("set " + name + " must have a place");
        }
    }

    /** Where it goes when it is fetched or put there. */
    public String place() {
        return places.get(places.size() - 1);
    }
}

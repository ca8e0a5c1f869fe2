package io.oodmonitor.catalog;

import java.util.Optional;

/**
 * A data set as an experiment takes it.
 *
 * @param part   which part of it, as in PATH#PART
 * @param images how many it should have
 */
public record SetUse(CatalogSet set, Optional<String> part, long images) {

    public SetUse {
        if (images < 1) {
            throw new IllegalArgumentException("images of " + set.name() + " must be at least 1, but are " + images);
        }
    }
}

package io.oodmonitor.catalog;

import java.io.IOException;

/** A file is not the one that the catalogue means. */
public final class WrongFileException extends IOException {

    private static final long serialVersionUID = 1L;

    WrongFileException(String sentence) {
        super(sentence);
    }
}

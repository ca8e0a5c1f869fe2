package io.oodmonitor.faults;

/** What a record of the load is, and so what must become of it. */
enum Kind {
    /** A sound image: a verdict. */
    IMAGE,
    /** No image at all: a dead letter. */
    DAMAGED,
    /** An image that a commanded network fails on: a dead letter there, a verdict elsewhere. */
    POISONED,
    /** A labelled image: it moves the threshold, and nothing else is seen of it. */
    CALIBRATION,
    /** A calibration image without its label: a dead letter. */
    UNLABELLED;

    /** Whether it must come out at all. */
    boolean comesOut() {
        return this != CALIBRATION;
    }

    boolean mayBeVerdict() {
        return this == IMAGE || this == POISONED;
    }

    boolean mayBeDeadLetter() {
        return this == DAMAGED || this == POISONED || this == UNLABELLED;
    }
}

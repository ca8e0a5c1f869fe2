package io.oodmonitor.render;

/** What the shipped classifier was never trained on. */
public enum OddKind {
    /** A machined part of none of the ten classes: spanner, hook, pipe tee, impeller, chain, key. */
    UNSEEN_PART("unseen-part"),
    /** Something that is no part: a leaf, an insect, a coin, crumpled paper, a printed label. */
    FOREIGN_OBJECT("foreign-object"),
    /** A known part through a lens with grease wiped across it. */
    SMEARED_LENS("smeared-lens"),
    /** A known part while the lamp has failed. */
    DARK_FRAME("dark-frame"),
    /** A known part with one colour channel inverted. */
    FLIPPED_CHANNEL("flipped-channel");

    private final String label;

    OddKind(String label) {
        this.label = label;
    }

    /** The name of the kind in reports. */
    public String label() {
        return label;
    }
}

package io.oodmonitor.render;

import java.util.Arrays;
import java.util.List;

/** The ten parts that the shipped classifier knows; the ordinal is the index of the network's output. */
public enum PartClass {
    HEX_NUT("hex-nut"),
    BOLT("bolt"),
    WASHER("washer"),
    GEAR("gear"),
    SPRING("spring"),
    BEARING("bearing"),
    STUD("stud"),
    WING_NUT("wing-nut"),
    BRACKET("bracket"),
    RETAINING_RING("retaining-ring");

    private final String label;

    PartClass(String label) {
        this.label = label;
    }

    /** The class name as it stands in the model's manifest and in labelled events. */
    public String label() {
        return label;
    }

    /** All labels in the order of the network's outputs. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(PartClass::label).toList();
    }
}

package io.oodmonitor.stream.processor;

import io.oodmonitor.stream.prefetch.Outcome;
import io.oodmonitor.stream.prefetch.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The class names of the model, against the labels of calibration images. Immutable. */
public final class Labels {

    private final Map<String, Integer> indices = new HashMap<>();

    public Labels(List<String> classes) {
        for (int i = 0; i < classes.size(); i++) {
            // ImageNet has two classes named crane: either name is the first of them.
            indices.putIfAbsent(classes.get(i), i);
        }
    }

    /** The same outcome, or a rejection if the image has no label that the model knows. */
    public Outcome check(Outcome outcome) {
        if (!(outcome instanceof Outcome.Scored scored)) {
            return outcome;
        }
        String label = scored.event().getLabel();
        if (label == null) {
            return new Outcome.Rejected(scored.value(), Reason.MISSING_LABEL, "A calibration image needs a label");
        }
        return indices.containsKey(label) ? outcome : new Outcome.Rejected(scored.value(), Reason.UNKNOWN_LABEL,
                "The label '" + label + "' is no class of the model");
    }

    /** Whether the predicted class of a calibration image whose label was checked is that label. */
    boolean isCorrect(Outcome.Scored scored) {
        return indices.get(scored.event().getLabel()) == scored.score().predictedIndex();
    }
}

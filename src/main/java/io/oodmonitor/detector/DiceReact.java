package io.oodmonitor.detector;

import io.oodmonitor.detector.statistics.IdStatistics;
import java.util.Optional;

/** DICE on clipped features (Sun and Li, ECCV 2022, section 5). The mask is that of the features as they are. */
public record DiceReact(Dice dice, React react) implements Detector {

    static final String METHOD = Dice.METHOD + "+" + React.METHOD;

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String name() {
        return dice.name() + "+" + react.name();
    }

    @Override
    public Scorer fit(LinearHead head, IdStatistics statistics) {
        return dice.scorer(react.shaping(statistics), head, statistics);
    }

    @Override
    public Optional<Dice> mask() {
        return Optional.of(dice);
    }
}

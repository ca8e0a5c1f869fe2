package io.oodmonitor.detector;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;

/**
 * Detectors as text: the method, and behind an at sign its parameters, colons between them; methods that work together
 * are joined by a plus sign.
 */
final class DetectorNames {

    static final String CLIP = "clip=";

    private static final String EXPECTED = "msp[@TEMPERATURE], maxlogit, energy, react[@PERCENTILE or @clip=VALUE],"
            + " dice[@SPARSITY], dice[@SPARSITY]+react[...], ash-s[@PERCENT], scale[@PERCENT], gen[@GAMMA:CLASSES],"
            + " fdbd, knn[@K], vim[@DIMENSIONS] or mahalanobis";

    private DetectorNames() {
    }

    static Detector parse(String name) {
        int plus = name.indexOf('+');
        if (plus != name.lastIndexOf('+')) {
            throw unknown(name);
        }
        if (plus >= 0) {
            Detector mask = parse(name.substring(0, plus));
            Detector clip = parse(name.substring(plus + 1));
            if (mask instanceof Dice dice && clip instanceof React react) {
                return new DiceReact(dice, react);
            }
            throw unknown(name);
        }
        int at = name.indexOf('@');
        String method = at < 0 ? name : name.substring(0, at);
        List<String> parameters = at < 0 ? List.of() : List.of(name.substring(at + 1).split(":", -1));
        return switch (method) {
            case Msp.METHOD -> new Msp(first(name, parameters, 1, 1));
            case MaxLogit.METHOD -> none(name, parameters, new MaxLogit());
            case Energy.METHOD -> none(name, parameters, new Energy());
            case React.METHOD -> react(name, parameters);
            case Dice.METHOD -> new Dice(first(name, parameters, 1, 90));
            case AshS.METHOD -> new AshS(first(name, parameters, 1, 90));
            case Scale.METHOD -> new Scale(first(name, parameters, 1, 85));
            case Gen.METHOD -> new Gen(first(name, parameters, 2, 0.1), parameters.size() < 2 ? 100
                    : whole(name, parameters.get(1)));
            case Fdbd.METHOD -> none(name, parameters, new Fdbd());
            case Knn.METHOD -> new Knn(parameters.isEmpty() ? 50 : only(name, parameters));
            case Vim.METHOD -> new Vim(parameters.isEmpty() ? OptionalInt.empty()
                    : OptionalInt.of(only(name, parameters)));
            case Mahalanobis.METHOD -> none(name, parameters, new Mahalanobis());
            default -> throw unknown(name);
        };
    }

    /** A number without needless digits: 90, 87.5. */
    static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static React react(String name, List<String> parameters) {
        if (parameters.size() == 1 && parameters.get(0).startsWith(CLIP)) {
            return new React(new Clip.At(number(name, parameters.get(0).substring(CLIP.length()))));
        }
        return new React(new Clip.Percentile(first(name, parameters, 1, 90)));
    }

    private static double first(String name, List<String> parameters, int most, double usual) {
        if (parameters.size() > most) {
            throw new IllegalArgumentException("a detector must be " + EXPECTED + ", but is '" + name + "'");
        }
        return parameters.isEmpty() ? usual : number(name, parameters.get(0));
    }

    private static int only(String name, List<String> parameters) {
        if (parameters.size() > 1) {
            throw unknown(name);
        }
        return whole(name, parameters.get(0));
    }

    private static Detector none(String name, List<String> parameters, Detector detector) {
        if (!parameters.isEmpty()) {
            throw unknown(name);
        }
        return detector;
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the parameter of detector '" + name + "' must be a number, but is '" + text + "'", e);
        }
    }

    private static int whole(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the parameter of detector '" + name + "' must be a whole number, but is '" + text + "'", e);
        }
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("a detector must be " + EXPECTED + ", but is '" + name + "'");
    }
}

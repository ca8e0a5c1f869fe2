package io.oodmonitor.cli;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Framing.Policy;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.onnx.ChannelOrder;
import io.oodmonitor.onnx.Normalization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** How a network takes its images: a preset, options of its own, or a preset in which options replace parts. */
final class InputOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--preset", paramLabel = "NAME", converter = PresetConverter.class,
            completionCandidates = PresetWords.class, description = "How the classifier takes its images, if as a "
            + "well-known one: ${COMPLETION-CANDIDATES}.")
    private Preset preset;

    @Option(names = "--size", paramLabel = "HEIGHTxWIDTH", converter = SizeConverter.class,
            description = "Size of the images that enter the classifier; 224 for 224x224.")
    private Size size;

    @Option(names = "--framing", paramLabel = "HOW", converter = CutConverter.class,
            description = "How an image gets that size: resize=256 (the shorter side, then the centre), crop=0.875 "
                    + "(the centre of that share of the shorter side, then resize) or stretch.")
    private Cut cut;

    @Option(names = "--interpolation", paramLabel = "FILTER", converter = InterpolationConverter.class,
            description = "nearest, bilinear or bicubic, as Pillow's (default: the preset's, or bilinear).")
    private Interpolation interpolation;

    @Option(names = "--mean", paramLabel = "A,B,C", converter = TripleConverter.class,
            description = "Subtracted from values from 0 to 1, one a channel.")
    private Triple mean;

    @Option(names = "--std", paramLabel = "A,B,C", converter = TripleConverter.class,
            description = "By which the difference is divided, one a channel.")
    private Triple std;

    @Option(names = "--channels", paramLabel = "ORDER", converter = ChannelsConverter.class,
            description = "Order of the channels, also of --mean and --std: rgb or bgr (default: the preset's, or "
                    + "rgb).")
    private ChannelOrder channels;

    /** @throws ParameterException in one sentence, if parts are missing or do not go together */
    Framing framing() {
        requireWhole();
        int height = size != null ? size.height : preset.framing().height();
        int width = size != null ? size.width : preset.framing().width();
        Interpolation filter = interpolation != null ? interpolation
                : preset != null ? preset.framing().interpolation() : Interpolation.BILINEAR;
        try {
            if (cut == null) {
                return new Framing(height, width, preset.framing().policy(), preset.framing().share(), filter);
            }
            return switch (cut.policy) {
                case RESIZE_THEN_CROP -> Framing.resizeThenCrop((int) cut.amount, height, width, filter);
                case CROP_THEN_RESIZE -> Framing.cropThenResize(cut.amount, height, width, filter);
                case STRETCH -> Framing.stretch(height, width, filter);
            };
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** @throws ParameterException in one sentence, if parts are missing */
    Normalization normalization() {
        requireWhole();
        Optional<Normalization> base = Optional.ofNullable(preset).map(Preset::normalization);
        ChannelOrder order = channels != null ? channels
                : base.map(Normalization::channels).orElse(ChannelOrder.RGB);
        try {
            return new Normalization(mean != null ? mean.values : inOrder(base.orElseThrow().mean(), order),
                    std != null ? std.values : inOrder(base.orElseThrow().std(), order), order);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** A preset's numbers, which belong to its own channels, in the order of these. */
    private List<Double> inOrder(List<Double> values, ChannelOrder order) {
        if (order == preset.normalization().channels()) {
            return values;
        }
        List<Double> turned = new ArrayList<>(values);
        Collections.reverse(turned);
        return turned;
    }

    private void requireWhole() {
        if (preset != null) {
            return;
        }
        List<String> missing = new ArrayList<>();
        addMissing(missing, "--size", size);
        addMissing(missing, "--framing", cut);
        addMissing(missing, "--mean", mean);
        addMissing(missing, "--std", std);
        Arguments.require(spec, missing.isEmpty(), "without a --preset, --size, --framing, --mean and --std must be "
                + "given, but " + String.join(", ", missing) + (missing.size() == 1 ? " is" : " are") + " missing");
    }

    private static void addMissing(List<String> missing, String option, Object value) {
        if (value == null) {
            missing.add(option);
        }
    }

    private record Size(int height, int width) {
    }

    /** @param amount pixels of the shorter side to resize to, or the share of it to keep */
    private record Cut(Policy policy, double amount) {
    }

    /** One number a channel. */
    private record Triple(List<Double> values) {
    }

    /** 224 or 224x224. */
    static final class SizeConverter implements ITypeConverter<Size> {

        @Override
        public Size convert(String text) {
            String[] sides = text.toLowerCase(Locale.ROOT).split("x", -1);
            try {
                if (sides.length <= 2) {
                    int height = Integer.parseInt(sides[0]);
                    int width = Integer.parseInt(sides[sides.length - 1]);
                    if (height > 0 && width > 0) {
                        return new Size(height, width);
                    }
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new TypeConversionException("expected pixels, as in 224 or 224x320, but was '" + text + "'");
        }
    }

    /** resize=256, crop=0.875 or stretch. */
    static final class CutConverter implements ITypeConverter<Cut> {

        @Override
        public Cut convert(String text) {
            int equals = text.indexOf('=');
            String word = equals < 0 ? text : text.substring(0, equals);
            String amount = equals < 0 ? "" : text.substring(equals + 1);
            try {
                if (word.equals("stretch") && equals < 0) {
                    return new Cut(Policy.STRETCH, 1);
                }
                if (word.equals("resize")) {
                    return new Cut(Policy.RESIZE_THEN_CROP, Integer.parseInt(amount));
                }
                if (word.equals("crop")) {
                    return new Cut(Policy.CROP_THEN_RESIZE, Double.parseDouble(amount));
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new TypeConversionException(
                    "expected resize=PIXELS, crop=SHARE or stretch, but was '" + text + "'");
        }
    }

    /** Three numbers with commas. */
    static final class TripleConverter implements ITypeConverter<Triple> {

        @Override
        public Triple convert(String text) {
            List<Double> values = new ArrayList<>();
            try {
                for (String part : text.split(",", -1)) {
                    values.add(Double.valueOf(part.strip()));
                }
            } catch (NumberFormatException e) {
                values.clear();
            }
            if (values.size() != 3) {
                throw new TypeConversionException(
                        "expected three numbers, as in 0.485,0.456,0.406, but was '" + text + "'");
            }
            // The mistake to expect: figures of pixels from 0 to 255.
            if (values.stream().anyMatch(value -> Math.abs(value) > 1)) {
                throw new TypeConversionException("expected figures of pixels from 0 to 1 (those of pixels from 0 to"
                        + " 255 divided by 255), but was '" + text + "'");
            }
            return new Triple(List.copyOf(values));
        }
    }

    /** Words to filters. */
    static final class InterpolationConverter implements ITypeConverter<Interpolation> {

        @Override
        public Interpolation convert(String word) {
            return oneOf(Interpolation.values(), word);
        }
    }

    /** Words to channel orders. */
    static final class ChannelsConverter implements ITypeConverter<ChannelOrder> {

        @Override
        public ChannelOrder convert(String word) {
            return oneOf(ChannelOrder.values(), word);
        }
    }

    private static <E extends Enum<E>> E oneOf(E[] values, String word) {
        List<String> words = new ArrayList<>();
        for (E value : values) {
            words.add(value.name().toLowerCase(Locale.ROOT));
            if (word.equals(words.get(words.size() - 1))) {
                return value;
            }
        }
        throw new TypeConversionException(
                "expected one of " + String.join(", ", words) + ", but was '" + word + "'");
    }

    /** Words to presets. */
    static final class PresetConverter implements ITypeConverter<Preset> {

        @Override
        public Preset convert(String word) {
            return Preset.of(word).orElseThrow(() -> new TypeConversionException(
                    "expected one of " + String.join(", ", Preset.words()) + ", but was '" + word + "'"));
        }
    }

    /** The words, for the help. */
    static final class PresetWords extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        PresetWords() {
            super(Preset.words());
        }
    }
}

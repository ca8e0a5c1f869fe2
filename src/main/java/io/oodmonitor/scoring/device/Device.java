package io.oodmonitor.scoring.device;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a network is to run, as people ask for it.
 *
 * @param gpu which GPU, from 0; empty for all there are, or where none is meant
 */
public record Device(Kind kind, OptionalInt gpu) {

    /** What is written in their place, in a sentence. */
    public static final String ALLOWED =
            "auto, cpu, cuda, cuda:N, tensorrt or tensorrt:N, with a GPU's number N from 0";

    private static final Pattern TEXT = Pattern.compile("(auto|cpu)|(cuda|tensorrt)(?::(\\d{1,3}))?");

    /** What does the work. */
    public enum Kind {
        /** CUDA where it works, else the CPU. */
        AUTO,
        CPU, CUDA, TENSORRT
    }

    public Device {
        if (gpu.isPresent() && (kind == Kind.AUTO || kind == Kind.CPU)) {
            throw new IllegalArgumentException("device " + kind + " must have no number, but has " + gpu.getAsInt());
        }
    }

    /** @throws IllegalArgumentException if it is none of {@link #ALLOWED} */
    public static Device parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the device must be " + ALLOWED + ", but is " + text);
        }
        String kind = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return new Device(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), matcher.group(3) == null
                ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3))));
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return gpu.isPresent() ? name + ":" + gpu.getAsInt() : name;
    }
}

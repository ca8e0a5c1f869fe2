package io.oodmonitor.cli;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.onnx.Normalization;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How well-known networks take their images. */
enum Preset {
    /** 32 x 32, as in the DICE authors' CIFAR networks. */
    CIFAR(Framing.resizeThenCrop(32, 32, 32, Interpolation.BILINEAR),
            Normalization.rgb(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010))),
    /** Shorter side to 256, centre 224, as torchvision's networks. */
    IMAGENET(Framing.resizeThenCrop(256, 224, 224, Interpolation.BILINEAR),
            Normalization.rgb(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225))),
    /** Centre of 87.5% to 224, values from -1 to 1, as TensorFlow's MobileNets. */
    MOBILENET_V2(Framing.cropThenResize(0.875, 224, 224, Interpolation.BILINEAR),
            Normalization.rgb(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5))),
    /** 64 x 64, as the shipped model. */
    PARTS(Framing.stretch(64, 64, Interpolation.BILINEAR),
            Normalization.rgb(List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25)));

    private final Framing framing;
    private final Normalization normalization;

    Preset(Framing framing, Normalization normalization) {
        this.framing = framing;
        this.normalization = normalization;
    }

    Framing framing() {
        return framing;
    }

    Normalization normalization() {
        return normalization;
    }

    /** Its name on the command line: mobilenet-v2. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Preset::word).toList();
    }

    static Optional<Preset> of(String word) {
        return Arrays.stream(values()).filter(preset -> preset.word().equals(word)).findFirst();
    }
}

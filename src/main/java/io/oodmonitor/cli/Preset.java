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
    IMAGENET(Framing.resizeThenCrop(256, 224, 224, Interpolation.BILINEAR), imagenet()),
    /** Shorter side to 232, as torchvision's second ImageNet weights of ResNets, RegNets and MobileNets. */
    IMAGENET_V2(Framing.resizeThenCrop(232, 224, 224, Interpolation.BILINEAR), imagenet()),
    /** Shorter side to 342, centre 299, as torchvision's Inception v3. */
    INCEPTION_V3(Framing.resizeThenCrop(342, 299, 299, Interpolation.BILINEAR), imagenet()),
    /** As torchvision's EfficientNet-B0, resized with a cubic. */
    EFFICIENTNET_B0(Framing.resizeThenCrop(256, 224, 224, Interpolation.BICUBIC), imagenet()),
    /** Shorter side to 224 with a cubic, as OpenAI's CLIP. */
    CLIP(Framing.resizeThenCrop(224, 224, 224, Interpolation.BICUBIC),
            Normalization.rgb(List.of(0.48145466, 0.4578275, 0.40821073),
                    List.of(0.26862954, 0.26130258, 0.27577711))),
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

    private static Normalization imagenet() {
        return Normalization.rgb(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
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

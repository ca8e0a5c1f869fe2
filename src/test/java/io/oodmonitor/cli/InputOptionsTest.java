package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.image.Framing;
import io.oodmonitor.image.Interpolation;
import io.oodmonitor.onnx.ChannelOrder;
import io.oodmonitor.onnx.Normalization;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class InputOptionsTest {

    private static final String[] WHOLE = {"--size", "32", "--framing", "stretch", "--mean", "0.1,0.2,0.3",
        "--std", "0.4, 0.5, 0.6"};

    @Command(name = "any")
    private static final class AnyCommand {
        @Mixin
        private InputOptions input;
    }

    @Test
    void shouldTakeAPresetAsItIs() {
        InputOptions options = parse("--preset", "imagenet");
        assertThat(options.framing()).isEqualTo(Framing.resizeThenCrop(256, 224, 224, Interpolation.BILINEAR));
        assertThat(options.normalization()).isEqualTo(
                Normalization.rgb(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)));
        assertThat(parse("--preset", "imagenet-v2").framing())
                .isEqualTo(Framing.resizeThenCrop(232, 224, 224, Interpolation.BILINEAR));
        assertThat(parse("--preset", "clip").framing())
                .isEqualTo(Framing.resizeThenCrop(224, 224, 224, Interpolation.BICUBIC));
    }

    @Test
    void shouldTakeOptionsWithoutAPreset() {
        InputOptions options = parse(WHOLE);
        assertThat(options.framing()).isEqualTo(Framing.stretch(32, 32, Interpolation.BILINEAR));
        assertThat(options.normalization()).isEqualTo(
                new Normalization(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6), ChannelOrder.RGB));
    }

    @Test
    void shouldReplacePartsOfAPreset() {
        InputOptions options = parse("--preset", "imagenet", "--size", "224x320", "--framing", "crop=0.9",
                "--interpolation", "bicubic", "--std", "1,1,1");
        assertThat(options.framing()).isEqualTo(Framing.cropThenResize(0.9, 224, 320, Interpolation.BICUBIC));
        assertThat(options.normalization()).isEqualTo(
                Normalization.rgb(List.of(0.485, 0.456, 0.406), List.of(1.0, 1.0, 1.0)));
        assertThat(parse("--preset", "imagenet", "--framing", "resize=232").framing())
                .isEqualTo(Preset.IMAGENET_V2.framing());
    }

    @Test
    void shouldKeepAPresetsShareAtAnotherSize() {
        assertThat(parse("--preset", "imagenet", "--size", "448").framing())
                .isEqualTo(Framing.resizeThenCrop(512, 448, 448, Interpolation.BILINEAR));
    }

    @Test
    void shouldTurnAPresetsFiguresWithItsChannels() {
        Normalization turned = parse("--preset", "imagenet", "--channels", "bgr").normalization();
        assertThat(turned).isEqualTo(new Normalization(
                List.of(0.406, 0.456, 0.485), List.of(0.225, 0.224, 0.229), ChannelOrder.BGR));
        Normalization given = parse("--preset", "imagenet", "--channels", "bgr", "--mean", "0.1,0.2,0.3")
                .normalization();
        assertThat(given.mean()).containsExactly(0.1, 0.2, 0.3);
        assertThat(given.std()).containsExactly(0.225, 0.224, 0.229);
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertFails("without a --preset, --size, --framing, --mean and --std must be given, but --size, --framing,"
                + " --mean, --std are missing");
        assertFails("without a --preset, --size, --framing, --mean and --std must be given, but --std is missing",
                "--size", "32", "--framing", "stretch", "--mean", "0,0,0");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertFails("Invalid value for option '--size': expected pixels, as in 224 or 224x320, but was '0'",
                "--size", "0");
        assertFails("Invalid value for option '--size': expected pixels, as in 224 or 224x320, but was '2x3x4'",
                "--size", "2x3x4");
        for (String wrong : List.of("stretch=1", "resize", "resize=0.5", "crop=half", "pad")) {
            assertFails("Invalid value for option '--framing': expected resize=PIXELS, crop=SHARE or stretch, but was '"
                    + wrong + "'", "--framing", wrong);
        }
        assertFails("Invalid value for option '--mean': expected three numbers, as in 0.485,0.456,0.406, but was '1,2'",
                "--mean", "1,2");
        assertFails("Invalid value for option '--mean': expected figures of pixels from 0 to 1 (those of pixels from 0"
                + " to 255 divided by 255), but was '123.7,116.8,103.9'", "--mean", "123.7,116.8,103.9");
        assertFails("Invalid value for option '--interpolation': expected one of nearest, bilinear, bicubic, but was"
                + " 'cubic'", "--interpolation", "cubic");
        assertFails("Invalid value for option '--channels': expected one of rgb, bgr, but was 'grey'",
                "--channels", "grey");
        assertFails("framing resize must be at least 224, the longer side of what is cut out, but is 200",
                "--preset", "imagenet", "--framing", "resize=200");
        assertFails("framing share must be above 0 and at most 1, but is 1.5", "--preset", "cifar",
                "--framing", "crop=1.5");
        assertFails("the standard deviation must be 3 numbers above 0, but is [0.0, 1.0, 1.0]", "--preset", "cifar",
                "--std", "0,1,1");
    }

    private static void assertFails(String message, String... arguments) {
        assertThatThrownBy(() -> {
            InputOptions options = parse(arguments);
            options.framing();
            options.normalization();
        }).isInstanceOf(ParameterException.class).hasMessage(message);
    }

    private static InputOptions parse(String... arguments) {
        AnyCommand command = new AnyCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.input;
    }
}

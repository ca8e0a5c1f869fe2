package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.ResultTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ReportImagesTest {

    @TempDir
    private Path folder;

    @Test
    void shouldWriteBesideThePage() throws IOException {
        Evaluation evaluation = Samples.random(13, 8, 500);

        List<Path> files = ReportImages.write(folder.resolve("r.html"), evaluation, ResultTable.of(evaluation));

        assertThat(files).containsExactly(folder.resolve("r-histograms.png"), folder.resolve("r-roc.png"));
        for (Path file : files) {
            BufferedImage image = ImageIO.read(file.toFile());
            assertThat(image.getWidth()).isEqualTo(ReportImages.WIDTH);
            // Both curves' and histograms' first colours, and not a single panel left white.
            assertThat(pixels(image, 0x0072b2)).isGreaterThan(300);
            for (int x = 0; x < 1_200; x += 600) {
                assertThat(inked(image.getSubimage(x, 0, 600, 400))).isGreaterThan(5_000);
            }
        }
    }

    @Test
    void shouldDrawDegenerateScoresAndOddNames() throws IOException {
        Evaluation small = Samples.small();
        Evaluation odd = new Evaluation(small.model(), small.detector(), "same", small.accuracy(),
                List.of("same", "\n".repeat(40) + "x".repeat(500)), small.methods(), 1);

        assertThat(ReportImages.write(folder.resolve("page"), odd, ResultTable.of(odd)))
                .containsExactly(folder.resolve("page-histograms.png"), folder.resolve("page-roc.png"))
                .allSatisfy(file -> assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1_200));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayThatThereIsNoFont() throws Exception {
        Path none = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig/>");
        ProcessBuilder program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder, "-cp", System.getProperty("java.class.path"), Fontless.class.getName(),
                folder.resolve("r.html").toString()).redirectErrorStream(true);
        program.environment().put("FONTCONFIG_FILE", none.toString());

        Process run = program.start();

        assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("this system has no font: install fontconfig");
        assertThat(folder.resolve("r-roc.png")).doesNotExist();
    }

    /** A program of its own, because Java looks for fonts once. */
    static final class Fontless {

        private Fontless() {
        }

        public static void main(String[] page) {
            Evaluation evaluation = Samples.small();
            try {
                ReportImages.write(Path.of(page[0]), evaluation, ResultTable.of(evaluation));
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static long pixels(BufferedImage image, int rgb) {
        return all(image).filter(pixel -> (pixel & 0xffffff) == rgb).count();
    }

    private static long inked(BufferedImage image) {
        return all(image).filter(pixel -> (pixel & 0xffffff) != 0xffffff).count();
    }

    private static IntStream all(BufferedImage image) {
        return IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
    }
}

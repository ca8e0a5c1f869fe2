package io.oodmonitor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchPlotTest {

    @TempDir
    private Path folder;

    @Test
    void shouldDrawRatesBesideLatencies() throws Exception {
        Path file = folder.resolve("bench.png");
        new BenchPlot(Results.result(900, new Tally.Totals(5_000, 5_000, 0, 0, 0))).write(file);

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(1_440);
        int bars = 0;
        int lines = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                int colour = picture.getRGB(x, y) & 0xffffff;
                bars += x < 720 && colour == 0x0072b2 ? 1 : 0;
                lines += x >= 720 && colour == 0xc65300 ? 1 : 0;
            }
        }
        assertThat(bars).isGreaterThan(20_000);
        assertThat(lines).isGreaterThan(200);
    }
}

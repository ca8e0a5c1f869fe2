package io.oodmonitor.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteImagesTest {
    private static final int BYTES = Render.SIDE * Render.SIDE * 3;

    @Test
    void shouldWriteThePixelsThatComeOutOfTheJpeg(@TempDir Path folder) throws IOException {
        WriteImages.main(new String[] {folder.toString(), "test", "2", "1", "1"});

        byte[] images = Files.readAllBytes(folder.resolve("test.rgb"));
        assertThat(images).hasSize(20 * BYTES);
        byte[] third = Arrays.copyOfRange(images, 2 * BYTES, 3 * BYTES);
        byte[] jpeg = new PartRenderer().render(PartClass.WASHER, SeedRange.TEST.seed(2)).jpeg();
        assertThat(third).isEqualTo(Jpeg.decode(jpeg));
    }

    @Test
    void shouldWriteALabelForEachPictureAndASetForEachKind(@TempDir Path folder) throws IOException {
        WriteImages.main(new String[] {folder.toString(), "validation", "2", "3", "1"});

        byte[] labels = Files.readAllBytes(folder.resolve("validation.labels"));
        assertThat(labels).hasSize(20).startsWith(0, 1, 2, 3);
        assertThat(folder.resolve("validation-empty.rgb")).hasSize(3L * BYTES);
        for (OddKind kind : OddKind.values()) {
            assertThat(folder.resolve("validation-" + kind.label() + ".rgb")).hasSize(BYTES);
        }
    }
}

package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's ImageNet network and photos in full resolution, from file to report by two commands. */
class MobileNetIT {

    @TempDir
    private Path folder;

    @Test
    void shouldFitAndEvaluateAPublishedNetworkOnPhotos() throws Exception {
        Path model = SharedData.require("models/mobilenetv2-imagenet.onnx");
        Path photos = SharedData.require("data/imagenet-sample");
        Path textures = SharedData.require("data/textures");
        List<String> golden = Files.readAllLines(SharedData.require("golden/mobilenetv2-imagenet.sample.csv"));
        Path labels = Files.write(folder.resolve("labels.csv"), golden.stream().skip(1)
                .map(row -> row.split(",")[0] + "," + row.split(",")[1]).toList());
        Path bundle = folder.resolve("mobilenet");

        CommandRun fit = CommandRun.of("fit", "--model", model.toString(), "--images", photos.toString(), "--labels",
                labels.toString(), "--classes", SharedData.require("models/mobilenetv2-imagenet.labels.txt").toString(),
                "--preset", "mobilenet-v2", "--detector", "dice@70", "--out", bundle.toString());
        assertThat(fit.code()).as(fit.err()).isZero();

        Path report = folder.resolve("report.json");
        Path html = folder.resolve("report.html");
        CommandRun evaluate = CommandRun.of("evaluate", "--bundle", bundle.toString(), "--id", "imagenet=" + photos,
                "--labels", labels.toString(), "--ood", "textures=" + textures, "--report", report.toString(), "--html",
                html.toString());
        assertThat(evaluate.code()).as(evaluate.err()).isZero();
        System.out.println(evaluate.out());

        JsonNode figures = new ObjectMapper().readTree(report.toFile());
        assertThat(figures.get("accuracy").asDouble()).isEqualTo(100.0 * 177 / 200);
        assertThat(figures.at("/sets/textures/images").asInt()).isEqualTo(150);
        assertThat(figures.at("/sets/textures/methods/energy/auroc").asDouble()).isGreaterThan(85);
        assertThat(html).content().contains("textures");
    }
}

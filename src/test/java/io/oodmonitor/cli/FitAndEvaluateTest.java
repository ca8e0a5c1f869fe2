package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.detector.statistics.FeatureMean;
import io.oodmonitor.evaluation.Methods;
import io.oodmonitor.onnx.ModelFile;
import io.oodmonitor.onnx.TinyNetwork;
import io.oodmonitor.onnx.TinyNetwork.HeadForm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two commands of a user with a network and folders of images, as they are typed. */
class FitAndEvaluateTest {

    private static final List<String> CLASSES = List.of("bolt", "nut", "washer");

    @TempDir
    private Path folder;
    private Path bundle;

    @BeforeEach
    void makeANetworkAndImages() throws IOException {
        bundle = folder.resolve("bundle");
        ModelFile.write(TinyNetwork.of(HeadForm.SOFTMAX, 13), folder.resolve("net.onnx"));
        Random random = new Random(11);
        for (String name : CLASSES) {
            images(folder.resolve("train").resolve(name), 40, random, 64);
            images(folder.resolve("test").resolve(name), 20, random, 64);
        }
        images(folder.resolve("dark"), 30, random, 8);
        images(folder.resolve("bright"), 30, random, 256);
    }

    private static void images(Path into, int count, Random random, int bound) throws IOException {
        Files.createDirectories(into);
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(6, 5, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 30; pixel++) {
                image.setRGB(pixel % 6, pixel / 6,
                        random.nextInt(bound) << 16 | random.nextInt(bound) << 8 | random.nextInt(bound));
            }
            ImageIO.write(image, "png", into.resolve(i + ".png").toFile());
        }
    }

    private CommandRun fit(String... more) {
        return fitWith("4", "0.4", more);
    }

    private CommandRun fitWith(String size, String holdOut, String... more) {
        List<String> words = new ArrayList<>(List.of("fit", "--model", folder.resolve("net.onnx").toString(), "--images",
                folder.resolve("train").toString(), "--out", bundle.toString(), "--size", size, "--framing", "stretch",
                "--mean", "0.5,0.5,0.5", "--std", "0.25,0.25,0.25", "--holdout", holdOut));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    private CommandRun evaluate(String... more) {
        List<String> words = new ArrayList<>(List.of("evaluate", "--bundle", bundle.toString(), "--id",
                "test=" + folder.resolve("test"), "--ood", "dark=" + folder.resolve("dark"), "--ood",
                folder.resolve("bright").toString()));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    @Test
    void shouldGoFromANetworkToABundleToAReport() throws Exception {
        CommandRun fit = fit();
        assertThat(fit.err()).isEmpty();
        assertThat(fit.code()).isZero();
        assertThat(fit.lines().get(0)).startsWith("Wrote " + bundle + ": bundle ").contains("detector dice@90#0, keeps ");
        assertThat(fit.lines().get(1)).matches("Statistics from \\d+ images, threshold \\S+ from \\d+ other images for"
                + " 5.0% false alarms, accuracy \\d+.\\d%\\.");
        assertThat(CommandRun.of("inspect", bundle.toString()).out()).contains("Classes      3: bolt, nut, washer",
                "Statistics   for every detector", "stretch");

        Path report = folder.resolve("out/report.json");
        Path html = folder.resolve("out/report.html");
        CommandRun evaluate = evaluate("--report", report.toString(), "--html", html.toString());
        assertThat(evaluate.err()).isEmpty();
        assertThat(evaluate.code()).isZero();
        assertThat(evaluate.out()).contains("60 images of test, accuracy", "60 images out of distribution", "dark",
                "bright", "average", "dice (bundle)", "Best on average: ");
        assertThat(Methods.ALL).allSatisfy(method -> assertThat(evaluate.out()).contains("\n" + method));

        JsonNode figures = new ObjectMapper().readTree(report.toFile());
        assertThat(figures.get("idImages").asInt()).isEqualTo(60);
        assertThat(figures.get("accuracy").asDouble()).isBetween(0.0, 100.0);
        assertThat(figures.at("/sets/dark/images").asInt()).isEqualTo(30);
        assertThat(figures.at("/sets/bright/methods").size()).isEqualTo(Methods.ALL.size());
        assertThat(figures.at("/sets/dark/methods/knn/auroc").asDouble()).isBetween(0.0, 100.0);
        assertThat(figures.get("imagesPerSecond").asDouble()).isPositive();
        assertThat(Methods.ALL).contains(figures.get("best").asText());
        assertThat(html).isNotEmptyFile();
        assertThat(folder.resolve("out/report-roc.png")).isNotEmptyFile();
    }

    @Test
    void shouldNameMethodsAsTheyWereAskedFor() throws Exception {
        assertThat(fit("--detector", "dice@70").code()).isZero();
        Path report = folder.resolve("report.json");
        CommandRun several = evaluate("--methods", "energy,dice,dice+react,knn@3", "--sparsity", "70,90", "--report",
                report.toString());
        assertThat(several.code()).isZero();
        List<String> names = new ArrayList<>();
        new ObjectMapper().readTree(report.toFile()).at("/sets/dark/methods").fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("energy", "dice@70", "dice@90", "dice@70+react", "dice@90+react", "knn@3");
        assertThat(evaluate("--methods", "dice", "--figures").out()).contains("dice (bundle)", "AUPR-out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"knn@5", "dice@70+react@clip=0.4", "react@80", "vim@2"})
    void shouldEvaluateTheBundlesOwnDetectorAmongAll(String detector) throws Exception {
        assertThat(fit("--detector", detector).code()).isZero();
        String method = detector.startsWith("dice") ? "dice+react" : detector.replaceFirst("@.*", "");
        Path report = folder.resolve("report.json");
        assertThat(evaluate("--report", report.toString()).out()).contains("\n" + method + " (bundle)");
        assertThat(new ObjectMapper().readTree(report.toFile()).at("/thresholds/" + method + "/fitted").asBoolean())
                .isTrue();
    }

    @Test
    void shouldSayWhatIsWrongBeforeTheWorkAndTouchNothing() throws Exception {
        byte[] network = Files.readAllBytes(folder.resolve("net.onnx"));
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.write(mine.resolve("model.onnx"), network);
        CommandRun over = CommandRun.of("fit", "--model", mine.resolve("model.onnx").toString(), "--images",
                folder.resolve("train").toString(), "--out", mine.toString(), "--replace", "--preset", "cifar");
        assertThat(over.err()).contains("The bundle would be written over " + mine.resolve("model.onnx")
                + ": --out must be another folder");
        assertThat(mine.resolve("model.onnx")).hasBinaryContent(network);
        assertThat(fit("--name", "my bundle").err()).contains("its name must be letters, digits, dots, dashes and"
                + " underscores, at most 100, but is 'my bundle'");
        assertThat(fit("--detector", "knn@500").err())
                .contains("the k of knn must be at most 120, the images whose features are kept, but is 500");
        assertThat(fit("--target", "0.001").err())
                .contains("a false-alarm rate of 0.001 needs at least 999 held-out images, but got 120");
        assertThat(fit("--out", folder.resolve("net.onnx").resolve("x").toString()).code()).isNotZero();
        assertThat(fit().code()).isZero();
        assertThat(evaluate("--ood", "dark=" + folder.resolve("bright")).err()).contains("the sets must have names of"
                + " their own, but are test, dark, bright, dark: NAME=PATH gives one");
        assertThat(evaluate("--html", folder.toString()).err()).contains(folder + " is a folder");
        Path labels = Files.writeString(folder.resolve("labels.csv"), "x/bolt/0.png,bolt\n");
        assertThat(evaluate("--labels", labels.toString()).err())
                .contains("no line of " + labels + " names one of the images: the first is called 'bolt/0.png'");
    }

    @Test
    void shouldSayWhatCannotBeEvaluated() throws Exception {
        Path mean = folder.resolve("mean.npy");
        new FeatureMean(new double[] {1, 2, 3, 4, 5, 6}).write(mean);
        assertThat(fitWith("4", "1", "--feature-mean", mean.toString()).code()).isZero();
        assertThat(evaluate().out()).contains("\nenergy", "\nfdbd").doesNotContain("knn", "react", "vim");
        CommandRun knn = evaluate("--methods", "knn");
        assertThat(knn.code()).isEqualTo(1);
        assertThat(knn.err()).isEqualToIgnoringNewLines("ood-monitor: knn needs more statistics of in-distribution images"
                + " than their feature mean: fit the bundle on images.");
        assertThat(evaluate("--methods", "odin").err()).contains("a detector must be msp[@TEMPERATURE], maxlogit,");
        assertThat(CommandRun.of("evaluate", "--bundle", bundle.toString(), "--id", folder.resolve("test").toString(),
                "--ood", folder.resolve("nothing").toString()).err()).contains("nothing does not exist");
    }

    @Test
    void shouldDoWithoutAccuracyWhereFoldersNameNoClass() throws Exception {
        assertThat(fit().code()).isZero();
        Files.move(folder.resolve("test/bolt"), folder.resolve("test/screw"));
        CommandRun evaluate = evaluate("--methods", "energy");
        assertThat(evaluate.code()).isZero();
        assertThat(evaluate.err()).contains("The accuracy stays unknown: 'screw' of test is no class of the bundle;"
                + " --labels says which class each image is of.");
        assertThat(evaluate.out()).contains("60 images of test, 60 images out of distribution");
        Path labels = Files.writeString(folder.resolve("labels.csv"), "screw/0.png,bolt\nnut/1.png,1\n");
        assertThat(evaluate("--methods", "energy", "--labels", labels.toString()).out()).contains(", accuracy ");
    }

    @Test
    void shouldRefuseToFitWhatCannotBeFitted() throws Exception {
        images(folder.resolve("train/gear"), 5, new Random(1), 64);
        assertThat(fit().err()).contains("net.onnx has 3 classes, but 4 names were given (bolt, gear,"
                + " nut, washer): name every class, in the order of the outputs");
        Path classes = Files.write(folder.resolve("classes.txt"), CLASSES);
        assertThat(fit("--classes", classes.toString()).err()).contains("the label of gear/").contains(
                "must be a class of the network, which has 3 (bolt, nut, washer), but is 'gear'");
        assertThat(bundle).doesNotExist();
        assertThat(fitWith("8", "0.4", "--classes", classes.toString()).err()).contains("must take RGB images of 8x8");
        CommandRun usage = CommandRun.of("fit", "--model", "net.onnx", "--images", "x", "--out", "y", "--size", "4");
        assertThat(usage.code()).isEqualTo(2);
        assertThat(usage.err()).contains("without a --preset, --size, --framing, --mean and --std must be given");
    }
}

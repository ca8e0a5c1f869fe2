package io.oodmonitor.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

    private static final Path FIXTURES = Path.of("src/test/resources/io/oodmonitor/dataset");
    private static final Catalog CATALOG = Catalog.load();

    @TempDir
    private Path folder;

    @Test
    void shouldKnowThePublishedExperiments() {
        assertThat(CATALOG.experiments()).extracting(Experiment::name)
                .containsExactly("cifar10", "cifar100", "imagenet");
        Experiment cifar = CATALOG.experiment("cifar10").orElseThrow();
        assertThat(cifar.sparsity()).isEqualTo(90);
        assertThat(cifar.clipped()).isEmpty();
        assertThat(cifar.network()).isEqualTo("densenet-cifar10.onnx");
        assertThat(cifar.ood()).extracting(use -> use.set().name())
                .containsExactly("svhn", "lsun-c", "lsun-r", "isun", "textures", "places365");
        Experiment imagenet = CATALOG.experiment("imagenet").orElseThrow();
        assertThat(imagenet.sparsity()).isEqualTo(70);
        assertThat(imagenet.clipped()).containsExactly(new Clipped(10, 1.0), new Clipped(15, 1.5));
        assertThat(imagenet.ood()).extracting(use -> use.set().name())
                .containsExactly("inaturalist", "sun", "places", "textures");
        assertThat(imagenet.test().images()).isEqualTo(50_000);
    }

    @Test
    void shouldHaveADigestOfEveryFile() {
        assertThat(CATALOG.sets()).hasSize(13).allSatisfy(set -> {
            assertThat(set.byHand().isPresent()).isEqualTo(set.name().startsWith("imagenet"));
            set.file().ifPresent(file -> {
                assertThat(file.md5()).isPresent();
                assertThat(set.place()).isEqualTo(file.path());
            });
            assertThat(CATALOG.experiments()).anySatisfy(use -> assertThat(use.rolesOf(set)).isNotEmpty());
        });
        assertThat(CATALOG.sets()).extracting(CatalogSet::name).doesNotHaveDuplicates();
    }

    @Test
    void shouldOpenWhatIsThereAndSayWhatIsMissing() throws IOException {
        DataFolder data = new DataFolder(folder);
        put("cifar-10-python.tar.gz", "cifar10/cifar-10-python.tar.gz");
        put("svhn.mat", "svhn/test_32x32.mat");
        Files.createDirectories(folder.resolve("dtd/images"));

        List<ResolvedSet> sets = CATALOG.experiment("cifar10").orElseThrow().resolve(data);

        assertThat(sets).extracting(set -> set.use().set().name()).containsExactly("cifar10", "cifar10", "svhn",
                "lsun-c", "lsun-r", "isun", "textures", "places365");
        assertThat(sets.get(0).dataset()).map(Dataset::name).contains("cifar-10-python.tar.gz#train");
        assertThat(sets.get(0).problem()).contains("CIFAR-10 at " + folder.resolve("cifar10/cifar-10-python.tar.gz")
                + " must have 50000 images, but has 10");
        assertThat(sets.get(1).dataset()).map(Dataset::size).contains(3L);
        assertThat(sets.get(2).dataset()).map(Dataset::name).contains("test_32x32.mat#first1000");
        assertThat(sets.get(3).dataset()).isEmpty();
        assertThat(sets.get(3).problem()).contains("LSUN, cropped is not at " + folder.resolve("LSUN/LSUN.tar.gz")
                + ": 'ood-monitor datasets --fetch lsun-c' fetches it");
        assertThat(sets.get(6).dataset()).isEmpty();
        assertThat(sets.get(6).problem()).hasValueSatisfying(problem ->
                assertThat(problem).contains(folder.resolve("dtd/images") + " must hold images"));
        assertThat(CATALOG.experiment("imagenet").orElseThrow().resolve(data).get(1).problem()).contains(
                "ImageNet-1k, validation is not at " + folder.resolve("imagenet/val") + ": Register at image-net.org, "
                        + "and sort ILSVRC2012_img_val.tar into one folder a class.");
    }

    @Test
    void shouldKnowHowMuchIsThere() throws IOException {
        DataFolder data = new DataFolder(folder);
        CatalogSet svhn = CATALOG.set("svhn").orElseThrow();
        assertThat(data.state(svhn)).isEqualTo(DataFolder.State.MISSING);
        put("svhn.mat", "svhn/test_32x32.mat.part");
        assertThat(data.state(svhn)).isEqualTo(DataFolder.State.PARTIAL);
        put("svhn.mat", "svhn/selected_test_32x32.mat");
        assertThat(data.state(svhn)).isEqualTo(DataFolder.State.THERE);
        assertThat(data.find(svhn)).contains(folder.resolve("svhn/selected_test_32x32.mat"));
    }

    @Test
    void shouldTakeTheFolderFromTheEnvironment() {
        assertThat(DataFolder.standard(Map.of(), folder).root())
                .isEqualTo(folder.resolve(".cache/ood-monitor/datasets"));
        assertThat(DataFolder.standard(Map.of("OOD_DATA", "sets"), folder).root()).isEqualTo(Path.of("sets"));
    }

    private void put(String fixture, String place) throws IOException {
        Path target = folder.resolve(place);
        Files.createDirectories(target.getParent());
        Files.copy(FIXTURES.resolve(fixture), target);
    }
}

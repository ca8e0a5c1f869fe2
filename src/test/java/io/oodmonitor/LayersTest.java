package io.oodmonitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages form layers, and nothing imports upwards. */
class LayersTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.oodmonitor");

    @Test
    void shouldOnlyUseWhatLiesBelow() {
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true)
            .layer("detector").definedBy("io.oodmonitor.detector..")
            .layer("calibration").definedBy("io.oodmonitor.calibration..")
            .layer("image").definedBy("io.oodmonitor.image..")
            .layer("event").definedBy("io.oodmonitor.event..")
            .layer("topics").definedBy("io.oodmonitor.topics..")
            .layer("render").definedBy("io.oodmonitor.render..")
            .layer("onnx").definedBy("io.oodmonitor.onnx..")
            .layer("bundle").definedBy("io.oodmonitor.bundle..")
            .layer("scoring").definedBy("io.oodmonitor.scoring..")
            .layer("stream").definedBy("io.oodmonitor.stream..")
            .layer("metrics").definedBy("io.oodmonitor.metrics..")
            .layer("history").definedBy("io.oodmonitor.history..")
            .layer("forward").definedBy("io.oodmonitor.forward..")
            .layer("web").definedBy("io.oodmonitor.web..")
            .layer("dataset").definedBy("io.oodmonitor.dataset..")
            .layer("inference").definedBy("io.oodmonitor.inference..")
            .layer("catalog").definedBy("io.oodmonitor.catalog..")
            .layer("evaluation").definedBy("io.oodmonitor.evaluation..")
            .layer("report").definedBy("io.oodmonitor.report..")
            .layer("fit").definedBy("io.oodmonitor.fit..")
            .layer("embedded").definedBy("io.oodmonitor.embedded..")
            .layer("cli").definedBy("io.oodmonitor.cli..")
            .layer("latency").definedBy("io.oodmonitor.latency..")
            .layer("demo").definedBy("io.oodmonitor.demo..")
            .layer("bench").definedBy("io.oodmonitor.bench..")
            .whereLayer("detector").mayNotAccessAnyLayer()
            .whereLayer("calibration").mayNotAccessAnyLayer()
            .whereLayer("image").mayNotAccessAnyLayer()
            .whereLayer("event").mayNotAccessAnyLayer()
            .whereLayer("topics").mayNotAccessAnyLayer()
            .whereLayer("render").mayNotAccessAnyLayer()
            .whereLayer("onnx").mayOnlyAccessLayers("detector")
            .whereLayer("bundle").mayOnlyAccessLayers("detector", "calibration", "image", "onnx")
            .whereLayer("scoring").mayOnlyAccessLayers("detector", "bundle", "image", "onnx")
            .whereLayer("stream").mayOnlyAccessLayers("scoring", "bundle", "calibration", "event", "image", "topics")
            .whereLayer("metrics").mayOnlyAccessLayers("stream", "scoring", "bundle", "calibration", "event")
            .whereLayer("forward").mayOnlyAccessLayers("event")
            .whereLayer("history").mayOnlyAccessLayers("stream", "calibration", "image", "event")
            .whereLayer("web").mayOnlyAccessLayers(
                    "metrics", "history", "stream", "bundle", "calibration", "event")
            .whereLayer("dataset").mayOnlyAccessLayers("image")
            .whereLayer("catalog").mayOnlyAccessLayers("dataset")
            .whereLayer("inference").mayOnlyAccessLayers("scoring", "dataset", "image")
            .whereLayer("evaluation").mayOnlyAccessLayers(
                    "detector", "calibration", "bundle", "scoring", "inference")
            .whereLayer("fit").mayOnlyAccessLayers(
                    "detector", "calibration", "image", "onnx", "bundle", "scoring", "inference", "dataset")
            .whereLayer("report").mayOnlyAccessLayers("evaluation")
            .whereLayer("embedded").mayOnlyAccessLayers("event")
            .whereLayer("latency").mayNotAccessAnyLayer()
            .whereLayer("latency").mayOnlyBeAccessedByLayers("demo", "bench")
            .whereLayer("cli").mayOnlyBeAccessedByLayers("demo", "bench")
            .whereLayer("demo").mayNotBeAccessedByAnyLayer()
            .whereLayer("bench").mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void shouldNotNeedEmbeddedServicesInProduction() {
        noClasses()
            .that().resideOutsideOfPackages("io.oodmonitor.embedded..",
                    "io.oodmonitor.render..", "io.oodmonitor.demo..", "io.oodmonitor.bench..",
                    "io.oodmonitor.latency..")
            .should().dependOnClassesThat().resideInAnyPackage("io.oodmonitor.embedded..", "io.oodmonitor.render..",
                    "io.oodmonitor.demo..", "io.oodmonitor.bench..", "io.oodmonitor.latency..", "org.HdrHistogram..",
                    "kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching("io.oodmonitor.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}

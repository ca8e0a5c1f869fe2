package io.oodmonitor.scoring.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this machine and this build say, by ONNX Runtime itself. */
class LocalInstallationTest {

    private final LocalInstallation here = new LocalInstallation();

    @TempDir
    private Path folder;

    @Test
    void shouldRunANetworkOnTheCpu() {
        assertThat(here.knows(OrtProvider.CPU)).isTrue();
        assertThat(here.refusal(ExecutionProvider.CPU)).isEmpty();
    }

    @Test
    void shouldHearOnnxRuntimesWordsWhereThereIsNoGpu() {
        assumeFalse(here.hasGpu(), "there is a GPU");
        GpuOptions options = new GpuOptions(1 << 30, true, folder);
        assertThat(here.refusal(new ExecutionProvider.Cuda(0, options))).hasValueSatisfying(words -> assertThat(words)
                .containsAnyOf("Failed to find CUDA shared provider", "cannot open shared object file"));
        assertThat(here.refusal(new ExecutionProvider.TensorRt(0, options))).hasValueSatisfying(words ->
                assertThat(words).containsAnyOf("Failed to find TensorRT shared provider", "cannot open shared"));
    }

    @Test
    void shouldFindLibrariesWhereTheLoaderDoes() throws Exception {
        Path variable = Files.createDirectories(folder.resolve("variable"));
        Path listed = Files.createDirectories(folder.resolve("listed"));
        Path included = Files.createDirectories(folder.resolve("included"));
        Files.createFile(variable.resolve("liba.so.1"));
        Files.createFile(listed.resolve("libb.so.2"));
        Files.createFile(included.resolve("libc.so.3"));
        Files.createDirectories(folder.resolve("conf.d"));
        Files.writeString(folder.resolve("conf.d/extra.conf"), "# where CUDA is\n" + included + "\n");
        Path configuration =
                Files.writeString(folder.resolve("ld.so.conf"), "include conf.d/*.conf\n\n" + listed + " # here\n");
        LibraryPath path = LibraryPath.of(":" + variable, configuration);
        assertThat(path.has("liba.so.1")).isTrue();
        assertThat(path.has("libb.so.2")).isTrue();
        assertThat(path.has("libc.so.3")).isTrue();
        assertThat(path.has("libc.so.4")).isFalse();
        assertThat(LibraryPath.of(null, folder.resolve("none")).has("liba.so.1")).isFalse();
    }
}

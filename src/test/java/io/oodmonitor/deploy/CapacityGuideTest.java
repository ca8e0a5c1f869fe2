package io.oodmonitor.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CapacityGuideTest {

    private static final Path GUIDE = YamlFile.DEPLOY.resolve("capacity.md");
    private static final String PYTHON = "/usr/bin/python3";

    @Test
    @Timeout(60)
    void shouldHoldWhatIsComputedFromTheReports() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
        Process process = new ProcessBuilder(PYTHON, "benchmarks/capacity")
                .redirectErrorStream(true).start();
        String computed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(computed).isZero();
        assertThat(Files.readString(GUIDE)).as("benchmarks/capacity --write puts them there").contains(
                "<!-- computed: begin -->\n" + computed + "<!-- computed: end -->\n");
    }
}

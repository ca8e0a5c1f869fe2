package io.oodmonitor;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Programs of others, which a machine may lack. */
public final class InstalledTool {

    private static final int PATIENCE_SECONDS = 60;

    /** What a program did; what it printed, errors among it. */
    public record Run(int code, String output) {}

    private InstalledTool() {
    }

    /** Skips the test where a program does not answer this, naming it and the package of Debian's that has it. */
    public static void require(String debianPackage, String... command) throws InterruptedException {
        boolean answers;
        try {
            answers = run(command).code() == 0;
        } catch (IOException e) {
            answers = false;
        }
        if (!answers) {
            System.err.println("SKIPPED: there is no " + command[0] + " (Debian's package " + debianPackage + ")");
        }
        assumeThat(answers).as("skipped: there is no %s (Debian's package %s)", command[0], debianPackage).isTrue();
    }

    /** Runs a program to its end. */
    public static Run run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command[0] + " still runs after " + PATIENCE_SECONDS + " s");
            }
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}

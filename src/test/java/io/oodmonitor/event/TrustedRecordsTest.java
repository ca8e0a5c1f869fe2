package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TrustedRecordsTest {

    /** Reads a record, and does nothing before. */
    public static final class FirstThing {

        private FirstThing() {
        }

        public static void main(String[] ignored) throws IOException {
            System.out.print(OodThreshold.fromByteBuffer(Events.threshold().toByteBuffer()).equals(Events.threshold()));
        }
    }

    @Test
    @Timeout(60)
    void shouldTrustRecordsWhateverComesFirst() throws Exception {
        Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-cp", System.getProperty("java.class.path"), FirstThing.class.getName()))
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(output).endsWith("true");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void shouldTrustNothingElseOfOurs() {
        Schema schema = SchemaBuilder.record("RegistrySettings").namespace("io.oodmonitor.event").fields().endRecord();
        assertThatThrownBy(() -> SpecificData.get().getClass(schema))
                .isInstanceOfAny(SecurityException.class, AvroRuntimeException.class);
    }
}

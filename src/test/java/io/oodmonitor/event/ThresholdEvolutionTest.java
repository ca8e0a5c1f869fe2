package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Thresholds that stand on compacted topics for years: as they were written before masks moved. */
class ThresholdEvolutionTest {

    private static final Schema BEFORE = new Schema.Parser().parse("""
        {"type": "record", "name": "OodThreshold", "namespace": "io.oodmonitor.event", "fields": [
          {"name": "model", "type": "string"}, {"name": "model_version", "type": "string"},
          {"name": "detector_version", "type": "string"}, {"name": "version", "type": "long"},
          {"name": "threshold", "type": "double"}, {"name": "rank", "type": "int"},
          {"name": "target_false_alarm_rate", "type": "double"}, {"name": "samples", "type": "int"},
          {"name": "accuracy", "type": ["null", "double"], "default": null},
          {"name": "updated_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "quantiles", "type": {"type": "array", "items": "double"}}]}""");

    @Test
    void shouldReadAThresholdWithoutAFeatureMean() throws IOException {
        GenericRecord record = new GenericData.Record(BEFORE);
        record.put("model", "parts");
        record.put("model_version", "1");
        record.put("detector_version", "dice@90#0");
        record.put("version", 3L);
        record.put("threshold", 1.5);
        record.put("rank", 1);
        record.put("target_false_alarm_rate", 0.05);
        record.put("samples", 19);
        record.put("updated_at", 7L);
        record.put("quantiles", List.of(1.5, 2.5));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(WireFormat.header(1));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(BEFORE).write(record, encoder);
        encoder.flush();

        OodThreshold read = new RecordReader<OodThreshold>(BEFORE, OodThreshold.SCHEMA$,
                GeneratedClasses.of(OodThreshold.class), EventLimits.NONE).read(out.toByteArray());
        assertThat(read).isEqualTo(new OodThreshold("parts", "1", "dice@90#0", 3L, 1.5, 1, 0.05, 19, null,
                Instant.ofEpochMilli(7), List.of(1.5, 2.5), null));
    }

    @Test
    void shouldBeCompatibleInBothDirections() {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(OodThreshold.SCHEMA$, BEFORE).getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(BEFORE, OodThreshold.SCHEMA$).getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
}

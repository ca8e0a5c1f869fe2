package io.oodmonitor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oodmonitor.event.MalformedRecordException.Reason;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    @Test
    void shouldWriteAZeroByteAndTheIdBigEndian() {
        assertThat(WireFormat.header(0x01020304)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void shouldReadTheId() {
        assertThat(WireFormat.schemaId(new byte[] {0, 1, 2, 3, 4, 99})).isEqualTo(0x01020304);
        assertThat(WireFormat.schemaId(new byte[] {0, 0, 0, 0, 1})).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsTooShort() {
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[] {0, 0, 0, 1}))
            .hasMessageContaining("at least 5 bytes, but this one has 4")
            .extracting(e -> ((MalformedRecordException) e).reason()).isEqualTo(Reason.NOT_AVRO);
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[0])).isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void shouldRefuseAnotherFirstByte() {
        assertThatThrownBy(() -> WireFormat.schemaId("{\"id\": 1}".getBytes()))
            .hasMessageContaining("begins with byte 0x00, but this one with 0x7b")
            .extracting(e -> ((MalformedRecordException) e).reason()).isEqualTo(Reason.NOT_AVRO);
    }
}

package io.oodmonitor.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicSpecTest {

    @Test
    void shouldLeaveReplicationAndSettingsToTheBroker() {
        assertThat(TopicSpec.of("images", 4)).isEqualTo(new TopicSpec("images", 4, (short) -1, Map.of()));
    }

    @Test
    void shouldAskForCompaction() {
        assertThat(TopicSpec.compacted("thresholds", 1).configs())
                .containsExactly(Map.entry("cleanup.policy", "compact"));
    }

    @Test
    void shouldKeepItsOwnCopyOfTheSettings() {
        Map<String, String> configs = new HashMap<>(Map.of("retention.ms", "1000"));
        TopicSpec spec = new TopicSpec("images", 1, (short) 1, configs);
        configs.clear();

        assertThat(spec.configs()).containsEntry("retention.ms", "1000");
    }

    @Test
    void shouldRefuseWhatCanBeNoTopic() {
        assertThatIllegalArgumentException().isThrownBy(() -> TopicSpec.of(" ", 1))
                .withMessage("topic name must not be blank");
        assertThatIllegalArgumentException().isThrownBy(() -> TopicSpec.of("images", 0))
                .withMessage("partitions of topic images must be at least 1, but are 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new TopicSpec("images", 1, (short) 0, Map.of()))
                .withMessage("replication factor of topic images must be at least 1, or -1 for the broker's default,"
                        + " but is 0");
    }
}

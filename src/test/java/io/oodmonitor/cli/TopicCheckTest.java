package io.oodmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oodmonitor.topics.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

    private static final TopicSpec IMAGES =
            new TopicSpec("images", 4, TopicSpec.BROKER_DEFAULT, Map.of("max.message.bytes", "1000"));
    private static final TopicSpec THRESHOLDS = TopicSpec.compacted("thresholds", 1);

    @Test
    void shouldAcceptATopicAsItHasToBe() {
        assertThat(TopicCheck.problem(IMAGES, Optional.of("delete"), OptionalLong.of(1_000))).isEmpty();
        assertThat(TopicCheck.problem(THRESHOLDS, Optional.of("compact,delete"), OptionalLong.of(5))).isEmpty();
    }

    @Test
    void shouldNameAWrongCleanupPolicy() {
        assertThat(TopicCheck.problem(THRESHOLDS, Optional.of("delete"), OptionalLong.empty()))
                .contains("cleanup.policy must be compact, but is delete");
        assertThat(TopicCheck.problem(IMAGES, Optional.of("compact"), OptionalLong.empty()))
                .contains("cleanup.policy must be delete, but is compact");
    }

    @Test
    void shouldNameALimitBelowTheLargestImage() {
        assertThat(TopicCheck.problem(IMAGES, Optional.of("delete"), OptionalLong.of(999)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("at least 1000", "is 999"));
    }

    @Test
    void shouldNotComplainOfWhatItMayNotRead() {
        assertThat(TopicCheck.problem(THRESHOLDS, Optional.empty(), OptionalLong.empty())).isEmpty();
    }

    @Test
    void shouldSayHowMissingTopicsAreMade() {
        assertThat(TopicsCommand.missingTopics(List.of("a"), "b:1")).isEqualTo("Topic a is missing at "
                + "bootstrap.servers = b:1: 'ood-monitor topics --create' with the same options makes them");
        assertThat(TopicsCommand.missingTopics(List.of("a", "c"), "b:1")).startsWith("Topics a, c are missing at");
    }
}

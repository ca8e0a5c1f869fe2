package io.oodmonitor.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class TopicErrorsTest {

    private final TopicErrors errors = new TopicErrors("kafka:9092", Duration.ofSeconds(15));

    @Test
    void shouldNameTheServersWhereNobodyAnswers() {
        assertThat(errors.of("images", "cannot be created", new TimeoutException("call timed out")))
                .hasMessage("no Kafka broker answered at bootstrap.servers=kafka:9092 within 15 s");
        assertThat(new TopicErrors("kafka:9092", Duration.ofMillis(1500)).unreachable(null))
                .hasMessage("no Kafka broker answered at bootstrap.servers=kafka:9092 within 1500 ms");
    }

    @Test
    void shouldTellAWrongLoginFromAMissingRight() {
        assertThat(errors.of("images", "cannot be created", new SaslAuthenticationException("invalid credentials")))
                .hasMessage("the Kafka broker at bootstrap.servers=kafka:9092 refused the login: invalid credentials");
        assertThat(errors.of("images", "cannot be created", new TopicAuthorizationException("denied")))
                .hasMessage("topic images cannot be created: this user is not authorised for it at"
                        + " bootstrap.servers=kafka:9092");
    }

    @Test
    void shouldRepeatWhatTheBrokerSays() {
        assertThat(errors.of("images", "cannot be created", new InvalidReplicationFactorException("only 1 broker")))
                .hasMessage("topic images cannot be created: only 1 broker");
        assertThat(errors.of("images", "cannot be created", new IllegalStateException()))
                .hasMessage("topic images cannot be created: IllegalStateException");
    }

    @Test
    void shouldNameTheTopicsThatAreNotReady() {
        assertThat(errors.notReady(List.of("images", "ood-scores")))
                .hasMessage("topics images, ood-scores had no leader for every partition within 15 s");
    }
}

package io.oodmonitor.topics;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Kafka's errors as sentences. */
final class TopicErrors {

    private final String bootstrapServers;
    private final Duration timeout;

    TopicErrors(String bootstrapServers, Duration timeout) {
        this.bootstrapServers = bootstrapServers;
        this.timeout = timeout;
    }

    /**
     * @param topics which topic or topics it is about
     * @param what   what cannot be done with them, such as "cannot be created"
     */
    TopicSetupException of(String topics, String what, Throwable cause) {
        if (cause instanceof TimeoutException) {
            return unreachable(cause);
        }
        if (cause instanceof AuthenticationException) {
            return new TopicSetupException("the Kafka broker at bootstrap.servers=" + bootstrapServers
                    + " refused the login: " + words(cause), cause);
        }
        String reason = cause instanceof AuthorizationException
                ? "this user is not authorised for it at bootstrap.servers=" + bootstrapServers
                : words(cause);
        return new TopicSetupException("topic " + topics + " " + what + ": " + reason, cause);
    }

    TopicSetupException unreachable(Throwable cause) {
        return new TopicSetupException("no Kafka broker answered at bootstrap.servers=" + bootstrapServers
                + " within " + seconds(), cause);
    }

    TopicSetupException notReady(Collection<String> topics) {
        return new TopicSetupException("topics " + String.join(", ", topics)
                + " had no leader for every partition within " + seconds(), null);
    }

    private String seconds() {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    private static String words(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}

package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.stream.MonitorHealth;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** The answers to an orchestrator's probes. Anybody may read them: they say what is wrong, but not a word of why. */
final class HealthContent {

    private static final String STARTS = "The monitor starts: it loads the model and reads the thresholds.";

    private HealthContent() {}

    /** Whether to let it be; a monitor that only starts is not alive yet, but a start may take its time. */
    static JsonAnswer.Content live(Optional<MonitorHealth> health) {
        return content(health, health.map(HealthContent::whyNotLive).orElse(Optional.of(STARTS)));
    }

    /** Whether images that come now are judged. */
    static JsonAnswer.Content ready(Optional<MonitorHealth> health) {
        return content(health, whyNotReady(health));
    }

    /** One sentence, if images that come now are not judged. */
    static Optional<String> whyNotReady(Optional<MonitorHealth> health) {
        return health.map(HealthContent::whyNotReady).orElse(Optional.of(STARTS));
    }

    private static Optional<String> whyNotLive(MonitorHealth health) {
        if (health.isLive()) {
            return Optional.empty();
        }
        return Optional.of(switch (health.stream()) {
            case PENDING_SHUTDOWN, NOT_RUNNING -> "The monitor stops.";
            case PENDING_ERROR, ERROR -> "The stream has failed and stops: the log says why.";
            default -> "The stream has not started.";
        });
    }

    private static Optional<String> whyNotReady(MonitorHealth health) {
        if (health.isReady()) {
            return Optional.empty();
        } else if (!health.isLive()) {
            return whyNotLive(health);
        }
        return Optional.of(health.engineFailure().isPresent()
                ? "No image can be scored at the moment: the log says why."
                : "The stream waits for its partitions and restores its state.");
    }

    private static JsonAnswer.Content content(Optional<MonitorHealth> health, Optional<String> why) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", why.isEmpty() ? "UP" : "DOWN");
        why.ifPresent(sentence -> body.put("why", sentence));
        body.put("stream", health.map(now -> now.stream().name()).orElse("NOT_STARTED"));
        body.put("engine", health.map(now -> now.engineFailure().isEmpty() ? "WARM" : "FAILED").orElse("NOT_WARM"));
        body.put("thresholds", health.isPresent() ? "READ" : "NOT_READ");
        return new JsonAnswer.Content(why.isEmpty() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503, body);
    }
}

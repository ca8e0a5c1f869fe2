package io.oodmonitor.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Kafka's own authorizer, which also tells what it denied, of all brokers of the JVM: of what it would log, not of what
 * a broker merely tries before it asks for something else. Kafka makes it by name. Thread-safe.
 */
public final class TellingAuthorizer extends StandardAuthorizer {

    private static final Queue<Denial> DENIALS = new ConcurrentLinkedQueue<>();

    /** An operation that was denied to someone. */
    public record Denial(String user, AclOperation operation, ResourcePattern resource) {

        /** Whether a grant would have allowed this; each grant includes that to describe what it is for. */
        public boolean concerns(AclBinding grant) {
            ResourcePattern pattern = grant.pattern();
            boolean matches = pattern.patternType() == PatternType.PREFIXED
                    ? resource.name().startsWith(pattern.name()) : resource.name().equals(pattern.name());
            return resource.resourceType() == pattern.resourceType() && matches
                    && (operation == grant.entry().operation() || operation == AclOperation.DESCRIBE);
        }
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < results.size(); i++) {
            Action action = actions.get(i);
            if (results.get(i) == AuthorizationResult.DENIED && action.logIfDenied()) {
                DENIALS.add(new Denial(context.principal().getName(), action.operation(), action.resourcePattern()));
            }
        }
        return results;
    }

    /** What was denied since {@link #forget}. */
    public static List<Denial> denials() {
        return new ArrayList<>(DENIALS);
    }

    public static void forget() {
        DENIALS.clear();
    }
}

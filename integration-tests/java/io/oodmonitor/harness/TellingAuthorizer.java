package io.oodmonitor.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Kafka's own authorizer, which also tells what it was asked, of all brokers and controllers of the JVM: each question
 * once, and none that is merely tried before another one is asked. Kafka makes it by name. Thread-safe.
 */
public final class TellingAuthorizer extends StandardAuthorizer {

    private static final Map<Operation, Question> QUESTIONS = new ConcurrentHashMap<>();

    /** Something that a user wants to do. */
    public record Operation(String user, AclOperation kind, ResourcePattern resource) {

        /** Whether a grant is what allows this; each includes that to describe what it is for. */
        public boolean isBy(AclBinding grant) {
            ResourcePattern granted = grant.pattern();
            boolean matches = granted.patternType() == PatternType.PREFIXED
                    ? resource.name().startsWith(granted.name()) : resource.name().equals(granted.name());
            return resource.resourceType() == granted.resourceType() && matches
                    && (kind == grant.entry().operation() || kind == AclOperation.DESCRIBE);
        }
    }

    /** May this user do that? */
    public final class Question {

        private final Operation operation;
        private final AuthorizableRequestContext context;
        private final Action action;

        private Question(AuthorizableRequestContext context, Action action) {
            this.operation = new Operation(context.principal().getName(), action.operation(),
                    action.resourcePattern());
            this.context = context;
            this.action = action;
        }

        public Operation operation() {
            return operation;
        }

        /** Asks again, of the same broker: by what is granted now. */
        public boolean isAllowed() {
            return TellingAuthorizer.super.authorize(context, List.of(action)).get(0) == AuthorizationResult.ALLOWED;
        }
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        actions.stream().filter(Action::logIfDenied).map(action -> new Question(context, action))
                .forEach(question -> QUESTIONS.putIfAbsent(question.operation(), question));
        return super.authorize(context, actions);
    }

    /** What was asked since {@link #forget}. */
    public static List<Question> questions() {
        return new ArrayList<>(QUESTIONS.values());
    }

    public static void forget() {
        QUESTIONS.clear();
    }
}

package io.oodmonitor.cli;

import io.oodmonitor.cli.text.Numbers;
import io.oodmonitor.cli.view.RecordJson;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.OodRateAlert;
import io.oodmonitor.event.OodScore;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.forward.Backoff;
import io.oodmonitor.forward.Courier;
import io.oodmonitor.forward.Forwarder;
import io.oodmonitor.forward.StartingPoint;
import io.oodmonitor.forward.Webhook;
import io.oodmonitor.forward.WebhookSecret;
import io.oodmonitor.stream.MonitorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "forward", mixinStandardHelpOptions = true,
        description = {"Sends every alert to a web address (a webhook), until Ctrl-C or SIGTERM: a POST with the JSON "
            + "that 'watch --json' prints, at least once each, in order for each key, also over stops and crashes.",
            "A POST is signed as Standard Webhooks has it: webhook-signature is v1, and the base64 of an HMAC-SHA256 "
            + "over the text ID.TIMESTAMP.BODY of webhook-id, webhook-timestamp and the body. webhook-id is the same "
            + "at every try: who has seen it has the alert.",
            "Tried again until it is there: after 408, 425, 429, 5xx, no answer. Left out, with a warning: what other "
            + "4xx refuse. 401 to 405, 407, 410, 421 and redirects concern every alert, and end the command with "
            + "exit code 1 and nothing lost."},
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  From now on, with a secret that the receiver has too:",
            "    echo whsec_$(openssl rand -base64 32) > webhook.secret",
            "    ood-monitor forward --to https://qa.example/ood \\",
            "        --secret-file webhook.secret",
            "  Not each image, but when a source turns and when it is back:",
            "    WEBHOOK_SECRET=whsec_... ood-monitor forward --rate-alerts \\",
            "        --to https://qa.example/ood",
            "  To a receiver on this machine, all that the topic holds:",
            "    ood-monitor forward --unsigned --from-beginning \\",
            "        --to http://127.0.0.1:8000/ood"})
final class ForwardCommand implements Callable<Integer> {

    private static final String SECRET_VARIABLE = "WEBHOOK_SECRET";
    /** For a delivery that is under way comes its timeout. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    /** How it is signed: by one of them, or by what the environment holds. */
    static final class Signing {

        @Option(names = "--secret-file", paramLabel = "FILE", description = "File with the secret to sign with: whsec_ "
                + "and 24 to 64 bytes in base64. Without, it is looked for in the environment: " + SECRET_VARIABLE
                + ".")
        private Path secretFile;

        @Option(names = "--unsigned", description = "Do not sign.")
        private boolean unsigned;
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--to", paramLabel = "URL", required = true, description = "Where to: http:// or https://.")
    private URI to;

    @ArgGroup
    private Signing signing;

    @Option(names = "--rate-alerts", description = "Alerts raised and cleared on a source's rate, instead of one for "
            + "each image.")
    private boolean rateAlerts;

    @Option(names = "--group", paramLabel = "NAME", description = "Consumer group. Those of one group share the work; "
            + "each further address needs a group of its own. Default: ood-monitor-forward-TOPIC.")
    private String group;

    @Option(names = "--from-beginning", description = "All that the topic holds, and not only what comes from now on, "
            + "where the group is new. Where it is not, it goes on from where it was.")
    private boolean fromBeginning;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "10s", showDefaultValue = Visibility.ALWAYS,
            converter = DurationConverter.class, description = "How long one try may take.")
    private Duration timeout;

    @Override
    public Integer call() throws Exception {
        Arguments.requireAtLeast(spec, "--timeout", 1, timeout.toSeconds());
        Webhook webhook = webhook();
        MonitorConfig config = connection.configOrLocal();
        Clients clients = new Clients(config);
        String topic = rateAlerts ? config.topics().rateAlerts() : config.topics().alerts();
        clients.partitions(topic);
        String name = group == null ? "ood-monitor-forward-" + topic : group;
        Deserializer<? extends SpecificRecord> alerts = deserializer(new RegistryClient(config.registry()));
        Courier courier = new Courier(webhook, record -> RecordJson.of(alerts.deserialize(record.topic(),
                record.value())).toString().getBytes(StandardCharsets.UTF_8), Backoff.DEFAULT);
        Notices notices = new Notices(spec.commandLine().getOut());
        try (Consumer<byte[], byte[]> consumer = clients.consumer(name)) {
            Forwarder forwarder = new Forwarder(consumer, topic,
                    new StartingPoint(fromBeginning ? Instant.EPOCH : Instant.now()), courier);
            StopSignal stop = StopSignal.listen(forwarder::stop, timeout.plus(STOP_PATIENCE));
            try {
                notices.tell("Forwarding " + topic + " to " + webhook.receiver() + ", as group " + name + ".");
                forwarder.run();
            } finally {
                stop.close();
                notices.tell("Forwarded " + Numbers.count(courier.delivered(), "alert") + ", left out "
                        + Numbers.count(courier.skipped()) + ".");
            }
        }
        return ExitCode.OK;
    }

    private Deserializer<? extends SpecificRecord> deserializer(RegistryClient registry) {
        return rateAlerts ? new AvroDeserializer<>(registry, OodRateAlert.class)
                : new AvroDeserializer<>(registry, OodScore.class);
    }

    private Webhook webhook() throws IOException {
        Optional<WebhookSecret> secret = secret();
        try {
            return new Webhook(to, secret, timeout, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--to: " + e.getMessage());
        }
    }

    private Optional<WebhookSecret> secret() throws IOException {
        if (signing != null && signing.unsigned) {
            return Optional.empty();
        }
        String text = signing != null ? Files.readString(signing.secretFile) : System.getenv(SECRET_VARIABLE);
        Arguments.require(spec, text != null, "there is no secret to sign with: give --secret-file, set the "
                + "environment variable " + SECRET_VARIABLE + ", or say --unsigned");
        return Optional.of(WebhookSecret.parse(text));
    }
}

package io.oodmonitor.stream;

import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.event.AvroDeserializer;
import io.oodmonitor.event.ImageEncoding;
import io.oodmonitor.event.ImageEvent;
import io.oodmonitor.event.OodThreshold;
import io.oodmonitor.event.RegistryClient;
import io.oodmonitor.event.RegistryException;
import io.oodmonitor.scoring.EngineStatistics;
import io.oodmonitor.scoring.ScoringEngine;
import io.oodmonitor.scoring.device.ExecutionProvider;
import io.oodmonitor.stream.prefetch.Outcome;
import io.oodmonitor.stream.prefetch.Prefetch;
import io.oodmonitor.stream.prefetch.PrefetchInterceptor;
import io.oodmonitor.stream.processor.CommitPace;
import io.oodmonitor.stream.processor.MonitorListener;
import io.oodmonitor.stream.processor.MonitoredModel;
import io.oodmonitor.stream.processor.PublishedThresholds;
import io.oodmonitor.stream.processor.SingleVerdict;
import io.oodmonitor.stream.processor.Standard;
import io.oodmonitor.stream.processor.ThresholdStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running monitor: the stream, its engine and its registry client, started and stopped together. It stops by itself
 * only when its stream threads fail again and again, when the device that the network runs on is lost, or when it can no
 * longer follow the thresholds. Thread-safe.
 */
public final class Monitor implements AutoCloseable {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

    private final MonitorConfig config;
    private final Bundle bundle;
    private final List<ExecutionProvider> providers;
    private final MonitoredModel model;
    private final ScoringEngine engine;
    private final Prefetch prefetch;
    private final Function<byte[], OodThreshold> thresholdReader;
    private final KafkaStreams streams;
    private final ThreadFailures failures;
    private final boolean isStaticMember;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Monitor(Bundle bundle, Scoring scoring, Prefetch prefetch, MonitorConfig config, EventSerdes events,
                    MonitorListener listener) {
        this.config = config;
        this.bundle = bundle;
        this.model = MonitoredModel.of(bundle, scoring.mask());
        this.thresholdReader = events.thresholdReader(config.topics());
        this.providers = scoring.providers();
        this.engine = scoring.engine();
        this.prefetch = prefetch;
        this.failures = new ThreadFailures();
        Properties properties = config.streams();
        this.isStaticMember = config.kafka().keySet().stream()
                .anyMatch(name -> name.endsWith(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                PrefetchInterceptor.class.getName());
        properties.put(StreamsConfig.mainConsumerPrefix(PrefetchInterceptor.PREFETCH_CONFIG), prefetch);
        CommitPace pace = new CommitPace(config.commitInterval(), prefetch::isBehind);
        this.streams = new KafkaStreams(MonitorTopology.build(model, prefetch, pace, config, events, listener),
                properties, new StreamClients(prefetch, pace, failures));
        streams.setUncaughtExceptionHandler(failures);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
            if (now.hasCompletedShutdown()) {
                running.countDown();
                stopped.countDown();
            }
        });
    }

    /**
     * Loads the bundle, registers the output schemas, warms the engine up and starts the stream.
     *
     * @throws RuntimeException of one sentence that says what is wrong, if the bundle does not hang together, the
     *                          registry refuses a schema, the device cannot be used, or the network does not run
     */
    public static Monitor start(MonitorConfig config) {
        return start(config, bundle -> MonitorListener.NONE);
    }

    /**
     * The same, with somebody who listens.
     *
     * @param listening to the monitor of a bundle
     */
    public static Monitor start(MonitorConfig config, Function<Bundle, MonitorListener> listening) {
        Bundle bundle = Bundle.read(config.bundle());
        if (config.updateMask() && !bundle.hasMask()) {
            throw new ConfigException(MonitorConfig.UPDATE_MASK + " must be false for a detector without a mask, but "
                    + "bundle " + bundle.folder() + " has detector " + bundle.detectorVersion()
                    + ": leave it out, or fit the bundle with a dice detector");
        }
        MonitorListener listener = listening.apply(bundle);
        return start(config, bundle, () -> Scoring.load(bundle, config, listener), listener);
    }

    /** Starts the stream on an engine of the bundle's. */
    static Monitor start(MonitorConfig config, Bundle bundle, Supplier<Scoring> loader, MonitorListener listener) {
        RegistryClient registry = new RegistryClient(config.registry());
        TopicNames topics = config.topics();
        EventSerdes events = EventSerdes.registered(registry, topics);
        Scoring scoring = loader.get();
        try {
            Prefetch prefetch = new Prefetch(scoring.engine(), new AvroDeserializer<>(registry, ImageEvent.class,
                    config.eventLimits()), topics.inputs(), config.scoringTimeout());
            Monitor monitor = new Monitor(bundle, scoring, prefetch, config, events, listener);
            // Every store is in memory: nothing there is needed, and Kafka Streams would not start on a damaged file.
            monitor.streams.cleanUp();
            monitor.startStream();
            return monitor;
        } catch (RuntimeException e) {
            scoring.engine().close();
            throw e;
        }
    }

    /** The thresholds are read here, before anything else; where that fails, no client of the stream stays behind. */
    private void startStream() {
        try {
            streams.start();
        } catch (RuntimeException e) {
            streams.close(STOP_PATIENCE);
            // That the global thread failed says nothing; why it did is below.
            throw e instanceof StreamsException && e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Waits until the stream has its partitions and its state; false if it has not within the time, or has stopped. */
    public boolean awaitRunning(Duration timeout) throws InterruptedException {
        return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS)
                && streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether it does its work. */
    public MonitorHealth health() {
        return new MonitorHealth(streams.state(), !failures.isPausing() && threadsRun(),
                engine.failure().map(Throwable::getMessage));
    }

    private boolean threadsRun() {
        List<String> states = streams.metadataForLocalThreads().stream().map(ThreadMetadata::threadState)
                .filter(state -> !state.equals("DEAD")).toList();
        return !states.isEmpty() && states.stream().allMatch("RUNNING"::equals);
    }

    /** Whether images that come now are judged. */
    public boolean isReady() {
        return health().isReady();
    }

    /** What waits to be judged. */
    public MonitorLoad load() {
        return MonitorLoad.of(ConsumerLag.unread(streams.metrics(), config.topics().inputs()), prefetch.backlogs(),
                engine.statistics().bytesInFlight());
    }

    /**
     * Scores and judges one image that no topic carries, as it would one that came; nothing is written of it.
     *
     * @param file a JPEG, PNG, BMP or WebP file
     */
    public CompletableFuture<ImageAnswer> judge(ByteBuffer file) {
        if (!isReady()) {
            return CompletableFuture.completedFuture(new ImageAnswer.Unavailable("The monitor is not ready."));
        }
        ImageEvent event = ImageEvent.newBuilder().setId("").setSource("").setCapturedAt(Instant.now())
                .setEncoding(ImageEncoding.ENCODED).setImage(file).build();
        // Not on a thread of the engine's, which has other images to score.
        return prefetch.score(event).map(outcome -> outcome
                .orTimeout(config.scoringTimeout().toMillis(), TimeUnit.MILLISECONDS).thenApplyAsync(this::answer)
                .exceptionally(failure -> {
                    LOG.debug("An image that came over HTTP was not scored", failure);
                    return new ImageAnswer.Unavailable("No image can be scored at the moment: try again.");
                })).orElseGet(() -> CompletableFuture.completedFuture(new ImageAnswer.Unavailable(
                        "The monitor has as many images as it can hold: try again.")));
    }

    private ImageAnswer answer(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            return new ImageAnswer.Rejected(rejected.reason(), rejected.message());
        }
        return new ImageAnswer.Judged(SingleVerdict.of(model, thresholdStore(), thresholdReader,
                (Outcome.Scored) outcome, System.currentTimeMillis()));
    }

    private ReadOnlyKeyValueStore<String, byte[]> thresholdStore() {
        return streams.store(StoreQueryParameters.fromNameAndType(ThresholdStore.NAME,
                QueryableStoreTypes.keyValueStore()));
    }

    /** What images that come now are judged by; empty while they cannot be, or nothing can be read. */
    public Optional<Standard> standard() {
        try {
            return new PublishedThresholds(thresholdStore(), thresholdReader).standard(model);
        } catch (InvalidStateStoreException | RegistryException e) {
            LOG.debug("The threshold cannot be read while the stream is {}", streams.state(), e);
            return Optional.empty();
        }
    }

    /** The stream, for what watches Kafka Streams: only {@link #close} may stop it. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Waits until the stream has stopped, by {@link #close} or by itself. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    /** Why the stream stopped by itself, if it did. */
    public Optional<Throwable> failure() {
        // Kafka Streams stops where it cannot replace a thread, too: the one that reads the thresholds.
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.PENDING_ERROR || state == KafkaStreams.State.ERROR ? failures.last()
                : Optional.empty();
    }

    public MonitorConfig config() {
        return config;
    }

    public Bundle bundle() {
        return bundle;
    }

    /** Where the network runs: each GPU, or the CPU. */
    public List<ExecutionProvider> providers() {
        return providers;
    }

    public EngineStatistics statistics() {
        return engine.statistics();
    }

    /**
     * Records handed to each output topic by the tasks that run now, since they were started: a count begins anew where
     * a task moves or its thread is replaced.
     */
    public Map<String, Long> produced() {
        Map<String, Long> produced = new HashMap<>();
        streams.metrics().forEach((name, metric) -> {
            if (name.name().equals("records-produced-total") && name.group().equals("stream-topic-metrics")) {
                produced.merge(name.tags().get("topic"), ((Number) metric.metricValue()).longValue(), Long::sum);
            }
        });
        return produced;
    }

    /** Commits what was processed and stops, within a bounded time: without the commit if that takes too long. */
    @Override
    public void close() {
        failures.stopping();
        // Who leaves is not waited for: by default a stream stays a member of its group until its session times out, and
        // the next one, even on the same machine, gets no partitions until then.
        boolean stopped = streams.close(CloseOptions.timeout(STOP_PATIENCE).withGroupMembershipOperation(
                isStaticMember ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP));
        if (!stopped) {
            LOG.warn("The stream did not stop within {} s: images whose verdicts it had not committed are judged again "
                    + "by whoever takes over", STOP_PATIENCE.toSeconds());
        }
        engine.close();
    }
}

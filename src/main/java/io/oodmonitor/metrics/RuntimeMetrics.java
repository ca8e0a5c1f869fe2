package io.oodmonitor.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.kafka.streams.KafkaStreams;

/** What Micrometer tells of the JVM, the process, and Kafka's clients. Thread-safe. */
final class RuntimeMetrics implements AutoCloseable {

    private final PrometheusMeterRegistry meters;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private KafkaStreamsMetrics kafka;

    RuntimeMetrics(PrometheusRegistry registry) {
        meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
        meters.config().meterFilter(MeterFilter.deny(RuntimeMetrics::isTooMuch));
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ClassLoaderMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        collections.bindTo(meters);
    }

    /**
     * Of Kafka's: rates, which Prometheus makes of the totals; and what there is of each store, processor and broker,
     * dozens of series each.
     */
    private static boolean isTooMuch(Meter.Id id) {
        String name = id.getName();
        return name.startsWith("kafka.") && (name.endsWith(".rate") || name.contains(".node.")
                || name.startsWith("kafka.stream.state.") && !name.startsWith("kafka.stream.state.updater."));
    }

    synchronized void tellOf(KafkaStreams streams) {
        kafka = new KafkaStreamsMetrics(streams);
        kafka.bindTo(meters);
    }

    @Override
    public synchronized void close() {
        if (kafka != null) {
            kafka.close();
        }
        collections.close();
        meters.close();
    }
}

package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.oodmonitor.bundle.Bundle;
import io.oodmonitor.metrics.MonitorMetrics;
import io.oodmonitor.stream.HttpSettings;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.processor.MonitorListener;
import io.oodmonitor.stream.processor.MonitorListeners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells over HTTP how a monitor is. It answers before the monitor runs, so that a start that takes long is no riddle.
 * Thread-safe.
 */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String PAGE = "io/oodmonitor/web/page/";
    private static final int MOST_THREADS = 12;
    private static final int LEAST_THREADS = 2;
    private static final Duration THREAD_IDLE = Duration.ofSeconds(30);
    /** For answers that are on their way. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);

    private final ListenAddress address;
    private final Server server;
    private final ServerConnector connector;
    private final MonitorMetrics metrics;
    private final Dashboard dashboard;
    private volatile Monitor monitor;

    private WebServer(HttpSettings settings, WebLimits limits) {
        this.address = ListenAddress.of(settings);
        this.metrics = new MonitorMetrics();
        this.dashboard = new Dashboard();
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, (int) THREAD_IDLE.toMillis());
        threads.setName("ood-web");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = connector(limits);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        server.setErrorHandler(new ErrorAnswer());
        server.setHandler(guarded(routes(settings), settings, limits));
        server.setStopTimeout(STOP_PATIENCE.toMillis());
    }

    /**
     * Starts to listen.
     *
     * @throws RuntimeException of one sentence that says what is wrong, if the address may not be listened on without a
     *                          token or a proxy, or cannot be, for another program has the port
     */
    public static WebServer start(HttpSettings settings) {
        return start(settings, WebLimits.DEFAULT);
    }

    static WebServer start(HttpSettings settings, WebLimits limits) {
        WebServer web = new WebServer(settings, limits);
        try {
            web.connector.open();
        } catch (IOException e) {
            web.dashboard.close();
            web.metrics.close();
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new UncheckedIOException("The HTTP server cannot listen on " + settings.address() + ":"
                    + settings.port() + " (" + reason + "): set " + HttpSettings.PORT
                    + " to another port, or to 0 for any free one", e);
        }
        try {
            web.server.start();
        } catch (Exception e) {
            web.close();
            throw new IllegalStateException("The HTTP server does not start: " + e.getMessage(), e);
        }
        return web;
    }

    /** Counts what a monitor of this bundle does, for /metrics and the dashboard; to be called once. */
    public MonitorListener listener(Bundle bundle) {
        List<MonitorListener> listeners = new ArrayList<>(dashboard.listeners());
        listeners.add(metrics.listener(bundle));
        return new MonitorListeners(listeners);
    }

    /** From now on it tells of this monitor. */
    public void tellOf(Monitor running) {
        monitor = running;
        metrics.tellOf(running);
        dashboard.tellOf(running);
    }

    /** Reads the output topics no more, as the monitor, and perhaps its broker, are about to be stopped. */
    public void stopReading() {
        dashboard.stopReading();
    }

    /** What the dashboard is made of. */
    Dashboard dashboard() {
        return dashboard;
    }

    /** Where it is reached from this machine. */
    public URI url() {
        return URI.create("http://" + address.host() + ":" + connector.getLocalPort());
    }

    private ServerConnector connector(WebLimits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(limits.headerBytes());
        ServerConnector made = new ServerConnector(server, null, null, null, 1, 1, new HttpConnectionFactory(http));
        made.setHost(address.address().getHostAddress());
        made.setPort(address.port());
        made.setIdleTimeout(limits.patience().toMillis());
        made.setAcceptQueueSize(limits.connections());
        return made;
    }

    private Handler routes(HttpSettings settings) {
        PathMappingsHandler guarded = new PathMappingsHandler.NoContext();
        guarded.addMapping(new ServletPathSpec("/status"),
                new JsonAnswer(() -> ofRunning(running -> MonitorContent.status(running.health(), running.load()))));
        guarded.addMapping(new ServletPathSpec("/config"),
                new JsonAnswer(() -> ofRunning(running -> MonitorContent.config(running.config()))));
        guarded.addMapping(new ServletPathSpec("/metrics"), new MetricsAnswer(metrics));
        guarded.addMapping(new ServletPathSpec("/lib/uPlot.iife.min.js"),
                StaticAnswer.ofUPlot("text/javascript", "uPlot.iife.min.js"));
        guarded.addMapping(new ServletPathSpec("/lib/uPlot.min.css"),
                StaticAnswer.ofUPlot("text/css", "uPlot.min.css"));
        new Api(dashboard, metrics).routes().forEach(guarded::addMapping);
        guarded.addMapping(new ServletPathSpec("/*"), page());
        PathMappingsHandler all = new PathMappingsHandler.NoContext();
        all.addMapping(new ServletPathSpec("/health/live"),
                new JsonAnswer(() -> HealthContent.live(Optional.ofNullable(monitor).map(Monitor::health))));
        all.addMapping(new ServletPathSpec("/health/ready"),
                new JsonAnswer(() -> HealthContent.ready(Optional.ofNullable(monitor).map(Monitor::health))));
        all.addMapping(new ServletPathSpec("/*"),
                settings.token().<Handler>map(token -> new TokenCheck(guarded, token)).orElse(guarded));
        return all;
    }

    private JsonAnswer.Content ofRunning(Function<Monitor, JsonAnswer.Content> content) {
        Monitor running = monitor;
        return running != null ? content.apply(running) : new JsonAnswer.Content(HttpStatus.SERVICE_UNAVAILABLE_503,
                JsonNodeFactory.instance.objectNode().put("why", "The monitor starts."));
    }

    private Handler guarded(Handler routes, HttpSettings settings, WebLimits limits) {
        // Only one path takes a body, and bounds it itself.
        BodyLimit bodies = new BodyLimit(limits.bodyBytes(), Api.SCORE);
        bodies.setHandler(address.isLocal() && !settings.behindProxy() ? new HostCheck(routes, address) : routes);
        return new GracefulHandler(new SlowClients(new SecurityHeaders(bodies), connector, limits.patience()));
    }

    private static ResourceHandler page() {
        ResourceHandler page = new ResourceHandler();
        Resource files = ResourceFactory.of(page).newClassLoaderResource(PAGE);
        if (files == null) {
            throw new IllegalStateException("The dashboard's page cannot be read from its jar: use a Java with the"
                    + " module jdk.zipfs, or set " + HttpSettings.PORT + " to -1");
        }
        page.setBaseResource(files);
        page.setDirAllowed(false);
        return page;
    }

    /** Stops within a bounded time. */
    @Override
    public void close() {
        // Streams of events would be waited for.
        dashboard.close();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.debug("A client was still there when the HTTP server stopped", e);
        }
        metrics.close();
    }
}

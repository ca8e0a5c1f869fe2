package io.oodmonitor.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oodmonitor.history.AlertSpan;
import io.oodmonitor.history.FlaggedImage;
import io.oodmonitor.history.RateHistory;
import io.oodmonitor.history.RateSeries;
import io.oodmonitor.history.SourceSummary;
import io.oodmonitor.history.Thumbnails;
import io.oodmonitor.metrics.MonitorMetrics;
import io.oodmonitor.metrics.ScoreHistogram;
import io.oodmonitor.stream.Monitor;
import io.oodmonitor.stream.processor.Standard;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.server.Handler;

/** The answers beneath the dashboard, which openapi.json describes. */
final class Api {

    /** Where images are sent to be scored. */
    static final String SCORE = "/score";

    private static final UriTemplatePathSpec THUMBNAIL = new UriTemplatePathSpec("/api/images/{key}/thumbnail");
    private static final int SOURCES = 100;
    private static final int ALERTS = 200;
    private static final int IMAGES = 48;
    private static final int RATE_POINTS = 600;
    private static final int PERFORMANCE_POINTS = 300;

    private final Dashboard dashboard;
    private final MonitorMetrics metrics;

    Api(Dashboard dashboard, MonitorMetrics metrics) {
        this.dashboard = dashboard;
        this.metrics = metrics;
    }

    /** By path. */
    Map<PathSpec, Handler> routes() {
        Map<PathSpec, Handler> routes = new LinkedHashMap<>();
        routes.put(path("/api/model"), answer(this::model));
        routes.put(path("/api/sources"), answer(this::sources));
        routes.put(path("/api/rates"), answer(this::rates));
        routes.put(path("/api/alerts"), answer(this::alerts));
        routes.put(path("/api/images"), answer(this::images));
        routes.put(THUMBNAIL, new ThumbnailAnswer(THUMBNAIL, key -> dashboard.told()
                .flatMap(told -> told.history().images().find(key)).map(FlaggedImage::verdict)
                .flatMap(dashboard.thumbnails()::of)));
        routes.put(path("/api/scores"), answer(this::scores));
        routes.put(path("/api/thresholds"), answer(this::thresholds));
        routes.put(path("/api/performance"), answer(this::performance));
        routes.put(path("/api/events"), dashboard.events());
        routes.put(path(SCORE), new ScoreAnswer(() -> dashboard.told().map(Dashboard.Told::monitor)));
        routes.put(path("/openapi.json"), StaticAnswer.of("application/json", "openapi.json"));
        return routes;
    }

    private static PathSpec path(String path) {
        return new UriTemplatePathSpec(path);
    }

    private Handler answer(BiFunction<Query, Dashboard.Told, ObjectNode> content) {
        return new QueryAnswer(query -> dashboard.told()
                .map(told -> new JsonAnswer.Content(HttpStatus.OK_200, content.apply(query, told)))
                .orElseGet(() -> new JsonAnswer.Content(HttpStatus.SERVICE_UNAVAILABLE_503,
                        QueryAnswer.why("The monitor starts."))));
    }

    private ObjectNode model(Query query, Dashboard.Told told) {
        Monitor monitor = told.monitor();
        Optional<Standard> standard = monitor.standard();
        Optional<String> why = Dashboard.whyNotReady(Optional.of(told));
        ObjectNode body = Json.object().put("model", monitor.bundle().name())
                .put("modelVersion", monitor.bundle().version())
                .put("detectorVersion", standard.map(Standard::detectorVersion)
                        .orElseGet(monitor.bundle()::detectorVersion));
        ArrayNode classes = body.putArray("classes");
        monitor.bundle().classes().forEach(classes::add);
        body.put("device", monitor.providers().stream().distinct().map(Object::toString)
                        .collect(Collectors.joining(", ")))
                .put("startedAt", told.startedAt().toEpochMilli()).put("now", System.currentTimeMillis());
        Json.put(body, "expectedRate", expected(standard));
        return body.put("targetFalseAlarmRate", monitor.config().calibrationPolicy().targetFalseAlarmRate())
                .put("rateWindowMs", monitor.config().windowPolicy().window().toMillis())
                .put("historyMs", told.settings().history().toMillis())
                .put("thumbnails", told.settings().thumbnails())
                .put("ready", why.isEmpty()).put("why", why.orElse(null));
    }

    private static OptionalDouble expected(Optional<Standard> standard) {
        return standard.map(known -> OptionalDouble.of(known.rank().expectedRate())).orElse(OptionalDouble.empty());
    }

    private ObjectNode sources(Query query, Dashboard.Told told) {
        Set<String> raised = told.history().alerts().raised();
        List<SourceSummary> all = told.history().rates().sources();
        String wanted = query.text("search").orElse("").toLowerCase(Locale.ROOT);
        List<SourceSummary> matching = all.stream()
                .filter(source -> source.source().toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(Comparator.comparing((SourceSummary source) -> !raised.contains(source.source()))
                        .thenComparing(Comparator.comparingDouble(SourceSummary::lastRate).reversed())
                        .thenComparing(SourceSummary::source)).toList();
        ObjectNode body = Json.object().put("total", all.size()).put("matching", matching.size());
        return body.setAll(Json.list("sources", matching.stream().limit(query.limit(SOURCES)).toList(),
                source -> HistoryContent.source(source, raised.contains(source.source()))));
    }

    private ObjectNode rates(Query query, Dashboard.Told told) {
        RateHistory rates = told.history().rates();
        Optional<String> source = query.source();
        long from = query.from();
        long to = query.to();
        int points = query.points(RATE_POINTS);
        RateSeries series = source.map(name -> rates.ofSource(name, from, to, points))
                .orElseGet(() -> rates.ofAll(from, to, points));
        OptionalDouble expected = source.map(rates::expectedRate).orElseGet(rates::expectedRate);
        long now = System.currentTimeMillis();
        return HistoryContent.rates(source, Math.max(from, now - told.settings().history().toMillis()),
                to == Long.MAX_VALUE ? now : to, expected, series);
    }

    private ObjectNode alerts(Query query, Dashboard.Told told) {
        List<AlertSpan> spans = told.history().alerts()
                .spans(query.source(), query.from(), query.to(), query.limit(ALERTS));
        return Json.list("alerts", spans, HistoryContent::alert);
    }

    private ObjectNode images(Query query, Dashboard.Told told) {
        int limit = query.limit(IMAGES);
        List<FlaggedImage> images = told.history().images()
                .latest(query.source(), query.from(), query.to(), query.before(), limit);
        Thumbnails thumbnails = dashboard.thumbnails();
        ObjectNode body = Json.list("images", images,
                image -> HistoryContent.image(image, thumbnails.has(image.verdict())));
        return body.put("next", images.size() < limit ? null : images.get(limit - 1).key().text());
    }

    private ObjectNode scores(Query query, Dashboard.Told told) {
        ScoreHistogram scores = metrics.scores(told.monitor().standard(), query.source());
        ObjectNode body = Json.object();
        ArrayNode bounds = body.putArray("bounds");
        ArrayNode recent = body.putArray("recent");
        ArrayNode calibration = body.putArray("calibration");
        for (double bound : scores.bounds()) {
            bounds.add(bound);
        }
        for (int i = 0; i < scores.recent().length; i++) {
            recent.add(scores.recent()[i]);
            calibration.add(scores.calibration()[i]);
        }
        body.put("recentCount", scores.recentCount()).put("calibrationCount", scores.samples());
        Json.put(body, "threshold", scores.threshold());
        return Json.put(body, "ks", scores.distance());
    }

    private ObjectNode thresholds(Query query, Dashboard.Told told) {
        return Json.list("thresholds", told.history().thresholds().points(query.from(), query.to()),
                HistoryContent::threshold);
    }

    private ObjectNode performance(Query query, Dashboard.Told told) {
        return HistoryContent.performance(
                told.performance().series(query.from(), query.to(), query.points(PERFORMANCE_POINTS)),
                told.history().deadLetters().byReason());
    }
}

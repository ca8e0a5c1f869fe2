package io.oodmonitor.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The data sets and the experiments that take them. */
public record Catalog(List<CatalogSet> sets, List<Experiment> experiments) {

    private static final String RESOURCE = "catalog.json";

    public Catalog {
        sets = List.copyOf(sets);
        experiments = List.copyOf(experiments);
    }

    /** What ships with the program. */
    public static Catalog load() {
        try (InputStream in = Catalog.class.getResourceAsStream(RESOURCE)) {
            return of(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Catalog of(JsonNode json) {
        List<CatalogSet> sets = new ArrayList<>();
        json.get("sets").forEach(node -> sets.add(set(node)));
        List<Experiment> experiments = new ArrayList<>();
        json.get("experiments").forEach(node -> experiments.add(experiment(node, sets)));
        return new Catalog(sets, experiments);
    }

    public Optional<CatalogSet> set(String name) {
        return sets.stream().filter(set -> set.name().equals(name)).findFirst();
    }

    public Optional<Experiment> experiment(String name) {
        return experiments.stream().filter(experiment -> experiment.name().equals(name)).findFirst();
    }

    private static CatalogSet set(JsonNode node) {
        Optional<CatalogFile> file = Optional.ofNullable(node.get("file")).map(Catalog::file);
        List<String> places = new ArrayList<>();
        node.get("places").forEach(place -> places.add(place.asText()));
        file.ifPresent(given -> places.add(given.path()));
        return new CatalogSet(node.get("name").asText(), node.get("title").asText(),
                URI.create(node.get("page").asText()), file, text(node, "byHand"), places);
    }

    private static CatalogFile file(JsonNode node) {
        return new CatalogFile(node.get("path").asText(), URI.create(node.get("address").asText()),
                node.has("bytes") ? OptionalLong.of(node.get("bytes").asLong()) : OptionalLong.empty(),
                text(node, "sha256"), text(node, "md5"));
    }

    private static Experiment experiment(JsonNode node, List<CatalogSet> sets) {
        List<Clipped> clipped = new ArrayList<>();
        node.get("clipped").forEach(each ->
                clipped.add(new Clipped(each.get("sparsity").asDouble(), each.get("clip").asDouble())));
        List<SetUse> ood = new ArrayList<>();
        node.get("ood").forEach(each -> ood.add(use(each, sets)));
        return new Experiment(node.get("name").asText(), node.get("title").asText(), node.get("network").asText(),
                node.get("featureMean").asText(), node.get("sparsity").asDouble(), clipped,
                use(node.get("train"), sets), use(node.get("test"), sets), ood);
    }

    private static SetUse use(JsonNode node, List<CatalogSet> sets) {
        String name = node.get("set").asText();
        CatalogSet set = sets.stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the catalogue has no set " + name));
        return new SetUse(set, text(node, "part"), node.get("images").asLong());
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }
}

package io.oodmonitor.catalog;

import io.oodmonitor.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A published experiment: tables 1 and 2 of Sun and Li (ECCV 2022, arXiv 2111.09805) with the settings of the authors'
 * scripts, demo-cifar.sh (p = 90) and demo-imagenet.sh (p = 70; with ReAct p = 10, clip 1.0 and p = 15, clip 1.5).
 *
 * <p>One set cannot be had as it was: 10,000 images drawn from the test images of Places365, which the authors did not
 * name. Here they are the first 10,000 by name, or what lies in places365/test_subset: a later work of the group
 * published the list that it took (places365_test_list.txt).
 *
 * @param network     the ONNX file it takes
 * @param featureMean the file of E[h] that goes with it
 * @param sparsity    percent of the weights that DICE leaves out
 * @param clipped     what was published of DICE with ReAct
 * @param train       the in-distribution images that the network learnt from
 * @param test        the in-distribution images that are scored
 */
public record Experiment(String name, String title, String network, String featureMean, double sparsity,
                         List<Clipped> clipped, SetUse train, SetUse test, List<SetUse> ood) {

    public Experiment {
        clipped = List.copyOf(clipped);
        ood = List.copyOf(ood);
    }

    /** The sets in the order train, test, out of distribution, each opened where it is there. */
    public List<ResolvedSet> resolve(DataFolder data) {
        List<ResolvedSet> resolved = new ArrayList<>();
        uses().forEach(use -> resolved.add(resolve(use, data)));
        return resolved;
    }

    /** One of its sets. */
    public static ResolvedSet resolve(SetUse use, DataFolder data) {
        Optional<Path> place = data.find(use.set());
        if (place.isEmpty()) {
            String how = use.set().byHand()
                    .orElse("'ood-monitor datasets --fetch " + use.set().name() + "' fetches it");
            return new ResolvedSet(use, Optional.empty(), Optional.of(use.set().title() + " is not at "
                    + data.root().resolve(use.set().place()) + ": " + how));
        }
        try {
            Dataset dataset = Dataset.open(Path.of(place.get() + use.part().map(part -> "#" + part).orElse("")));
            return new ResolvedSet(use, Optional.of(dataset), dataset.size() == use.images() ? Optional.empty()
                    : Optional.of(use.set().title() + " at " + place.get() + " must have " + use.images()
                            + " images, but has " + dataset.size()));
        } catch (IOException e) {
            return new ResolvedSet(use, Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    private List<SetUse> uses() {
        List<SetUse> uses = new ArrayList<>(List.of(train, test));
        uses.addAll(ood);
        return uses;
    }

    /** What it takes a set as, in the order train, test, OOD; empty if it does not. */
    public List<String> rolesOf(CatalogSet set) {
        List<String> roles = new ArrayList<>();
        if (train.set().equals(set)) {
            roles.add("ID train");
        }
        if (test.set().equals(set)) {
            roles.add("ID test");
        }
        if (ood.stream().anyMatch(use -> use.set().equals(set))) {
            roles.add("OOD");
        }
        return roles;
    }

    /** How many images it takes of a set: of the largest part. */
    public long imagesOf(CatalogSet set) {
        return uses().stream().filter(use -> use.set().equals(set)).mapToLong(SetUse::images).max().orElse(0);
    }
}

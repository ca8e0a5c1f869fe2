package io.oodmonitor.catalog;

import io.oodmonitor.dataset.Dataset;
import java.util.Optional;

/**
 * A data set of an experiment on this machine.
 *
 * @param dataset the images, if they are there
 * @param problem one sentence: why they are not, or that they are not as many as were published
 */
public record ResolvedSet(SetUse use, Optional<Dataset> dataset, Optional<String> problem) {
}

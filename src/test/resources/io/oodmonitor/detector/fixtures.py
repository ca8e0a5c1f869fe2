"""Writes percentile.csv, dice.csv and the .npy files beside this script with NumPy (1.22 or later)."""
import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
random = np.random.default_rng(20221023)


def text(values):
    return " ".join(repr(float(value)) for value in np.ravel(values))


with open(here / "percentile.csv", "w") as out:
    out.write("percent;expected;values\n")
    for size in (1, 2, 3, 7, 10, 101):
        for kind in ("normal", "ties", "tiny"):
            values = random.standard_normal(size)
            if kind == "ties":
                values = np.round(values)
            if kind == "tiny":
                values = values * 1e-12 + 1
            for percent in (0, 10, 33.3, 50, 70, 87.5, 90, 95, 99.9, 100):
                out.write(f"{percent};{float(np.percentile(values, percent))!r};{text(values)}\n")

# DICE as in the authors' code: contrib = W * mean, thresh = np.percentile(contrib, p), mask = contrib > thresh.
with open(here / "dice.csv", "w") as out:
    out.write("classes;sparsity;weight;bias;mean;masked weight;features;score\n")
    for classes, features in ((2, 3), (10, 12), (5, 31)):
        for sparsity in (0, 10, 50, 70, 87.5, 90):
            weight = random.standard_normal((classes, features)).astype(np.float32)
            bias = random.standard_normal(classes).astype(np.float32)
            mean = np.abs(random.standard_normal(features))
            contribution = weight * mean[None, :]
            masked = weight * (contribution > np.percentile(contribution, sparsity))
            h = np.abs(random.standard_normal(features)).astype(np.float32)
            logits = masked.astype(np.float64) @ h.astype(np.float64) + bias.astype(np.float64)
            score = logits.max() + np.log(np.exp(logits - logits.max()).sum())
            out.write(f"{classes};{sparsity};{text(weight)};{text(bias)};{text(mean)};{text(masked)};{text(h)};"
                      f"{float(score)!r}\n")

vector = random.standard_normal(5)
np.save(here / "float64.npy", vector)
np.save(here / "float32.npy", vector.astype(np.float32))
np.save(here / "big-endian.npy", vector.astype(">f8"))
np.save(here / "matrix.npy", vector[None, :])
(here / "vector.txt").write_text(text(vector) + "\n")

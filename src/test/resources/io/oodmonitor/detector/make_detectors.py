"""Writes detectors.json and hand.json beside this script: all detectors computed with NumPy alone (1.22 or later).

Independent of the Java code: written from the papers and their public code, float64 throughout; only the inputs
(head, training features, queries) are float32, written as the exact decimal value of their doubles.
Higher = more in-distribution for every score.

detectors.json  weight C x d, bias C, trainFeatures N x d, trainLabels N, queries Q x d, queryKinds Q,
                scores {detector: Q values}, statistics (intermediate values, for debugging)
hand.json       small cases with the score in closed form, within 1e-9 (knn's 1e-10 under the fraction bar is left
                out of them); "why" gives the arithmetic

Run: python3 make_detectors.py (a rerun writes the same bytes; another BLAS may change last digits).
"""
import json
import math
import os
import pathlib
from decimal import Decimal, localcontext

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # the order of sums must not vary

import numpy as np  # noqa: E402

MARGIN = 1e-5  # relative distance every discrete choice keeps from its threshold, except the deliberate tie


# ---------------------------------------------------------------------------------------------------------- softmax

def logits(model, features):
    """W h + b, one row per feature vector."""
    return features @ model["weight"].T + model["bias"]


def logsumexp(z):
    largest = z.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.exp(z - largest).sum(axis=1))


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def msp(model, h, temperature=1.0):
    """Hendrycks & Gimpel, ICLR 2017, section 2; the temperature is that of Liang et al. (ODIN), ICLR 2018, eq. 1,
    without its input perturbation."""
    return softmax(logits(model, h) / temperature).max(axis=1)


def maxlogit(model, h):
    """Hendrycks et al., ICML 2022 (Scaling OOD detection for real-world settings), section 3: the paper's anomaly
    score is the negated largest logit."""
    return logits(model, h).max(axis=1)


def energy(model, h):
    """Liu et al., NeurIPS 2020: the negative free energy -E(x) = T logsumexp(z / T) at T = 1."""
    return logsumexp(logits(model, h))


def gen(model, h, gamma=0.1, top=100):
    """Liu et al., CVPR 2023 (GEN), generalised entropy over the top M classes: -sum p^g (1 - p)^g.

    1 - p is taken as the sum of the other probabilities: the same number, but it keeps its digits where p rounds to
    1. (1e-17)^0.1 is 0.02, so a plain 1 - p in floating point is far off for confident predictions; plain_gen shows
    what it gives.
    """
    p = softmax(logits(model, h))
    order = np.argsort(-p, axis=1, kind="stable")[:, :min(top, p.shape[1])]
    score = np.zeros(len(p))
    for row in range(len(p)):
        for c in order[row]:
            others = np.delete(p[row], c).sum()
            score[row] -= p[row, c] ** gamma * others ** gamma
    return score


def plain_gen(model, h, gamma=0.1, top=100):
    """GEN as the authors' benchmark.py writes it, in float64 (theirs is float32)."""
    p = np.sort(softmax(logits(model, h)), axis=1)[:, -top:]
    return -np.sum(p ** gamma * (1 - p) ** gamma, axis=1)


# ----------------------------------------------------------------------------------------- activations and weights

def react_clip(model, percent):
    """The percentile of all activations of all training samples together, linear interpolation."""
    return np.percentile(model["train"], percent)


def react(model, h, clip):
    """Sun et al., NeurIPS 2021 (ReAct), section 3: features min(h, c), then energy."""
    return energy(model, np.minimum(h, clip))


def dice_model(model, percent):
    """Sun & Li, ECCV 2022 (DICE), section 3: V = W * E[h], one percentile over the matrix, kept where strictly above.
    E[h] is the mean of the unclipped training features, with ReAct too."""
    contribution = model["weight"] * model["train"].mean(axis=0)
    threshold = np.percentile(contribution, percent)
    return {**model, "weight": model["weight"] * (contribution > threshold)}


def dice(model, h, percent, clip=np.inf):
    return react(dice_model(model, percent), h, clip)


def kept_count(d, percent):
    """How many activations stay: as in the authors' ash.py; round is half to even (Python's and NumPy's)."""
    return d - int(np.round(d * percent / 100.0))


def pruned(h, percent):
    """Keeps the k largest activations of each row; ties are cut in favour of the lowest index."""
    keep = np.argsort(-h, axis=1, kind="stable")[:, :kept_count(h.shape[1], percent)]
    out = np.zeros_like(h)
    np.put_along_axis(out, keep, np.take_along_axis(h, keep, axis=1), axis=1)
    return out


def stretch(h, percent):
    """exp(s1 / s2), s1 the sum of all activations, s2 that of the kept ones; 1 for a zero vector (0 / 0)."""
    s1 = h.sum(axis=1)
    s2 = pruned(h, percent).sum(axis=1)
    zero = (s1 == 0) & (s2 == 0)
    return np.where(zero, 1.0, np.exp(s1 / np.where(zero, 1.0, s2)))[:, None]


def ash_s(model, h, percent):
    """Djurisic et al., ICLR 2023, the ASH-S algorithm: prune, scale the kept ones by exp(s1 / s2), then energy."""
    return energy(model, pruned(h, percent) * stretch(h, percent))


def scale(model, h, percent):
    """Xu et al., ICLR 2024 (SCALE), section 4: all activations scaled by exp(s1 / s2), none pruned, then energy."""
    return energy(model, h * stretch(h, percent))


# ------------------------------------------------------------------------------------------------------- distances

def fdbd(model, h):
    """Liu & Qin, ICML 2024 (fDBD), regularised average distance (regDistDB): the mean over the C - 1 other classes
    of |z_f - z_c| / ||w_f - w_c||, divided by ||h - mean of the training features||. The authors' code sums instead
    of averaging: C - 1 times this score, the same ranking."""
    z = logits(model, h)
    w = model["weight"]
    score = np.empty(len(h))
    for row in range(len(h)):
        f = int(z[row].argmax())
        others = [c for c in range(len(w)) if c != f]
        average = np.mean([abs(z[row, f] - z[row, c]) / np.linalg.norm(w[f] - w[c]) for c in others])
        score[row] = average / np.linalg.norm(h[row] - model["train"].mean(axis=0))
    return score


def unit(h):
    return h / (np.linalg.norm(h, axis=1, keepdims=True) + 1e-10)


def knn(model, h, k):
    """Sun et al., ICML 2022 (deep nearest neighbours), section 3: minus the Euclidean distance to the
    k-th nearest normalised training feature. (The authors' code takes faiss' squared distance: the same ranking.)"""
    difference = unit(h)[:, None, :] - unit(model["train"])[None, :, :]
    return 0.0 - np.sort(np.sqrt((difference ** 2).sum(axis=2)), axis=1)[:, k - 1]


def vim_parts(model, dimension):
    """Wang et al., CVPR 2022 (ViM), eq. 4 and 6: origin u = -pinv(W) b; the residual space R spans the eigenvectors
    past the D largest of X^T X / N, X = h - u, not centred again; alpha matches the mean virtual logit to the mean
    largest logit of the training set."""
    origin = -np.linalg.pinv(model["weight"]) @ model["bias"]
    x = model["train"] - origin
    values, vectors = np.linalg.eigh(x.T @ x / len(x))
    largest_first = np.argsort(-values, kind="stable")
    residual_space = vectors[:, largest_first[dimension:]]
    residual = np.linalg.norm(x @ residual_space, axis=1)
    alpha = logits(model, model["train"]).max(axis=1).sum() / residual.sum()
    return origin, residual_space, alpha, values[largest_first]


def vim(model, h, dimension):
    """ViM's score as in the authors' code: energy - alpha ||R^T (h - u)||, monotone in the softmax of the virtual
    logit, which is the paper's score."""
    origin, residual_space, alpha, _ = vim_parts(model, dimension)
    return energy(model, h) - alpha * np.linalg.norm((h - origin) @ residual_space, axis=1)


def mahalanobis_parts(model):
    """Lee et al., NeurIPS 2018, eq. 1: class means, one shared covariance divided by N. The precision is the
    pseudo-inverse: eigenvalues at or below 1e-10 times the largest count as 0, so dead features have no say."""
    train, labels = model["train"], model["labels"]
    means = np.stack([train[labels == c].mean(axis=0) for c in range(len(model["weight"]))])
    centred = train - means[labels]
    values, vectors = np.linalg.eigh(centred.T @ centred / len(train))
    alive = values > 1e-10 * values.max()
    precision = (vectors[:, alive] / values[alive]) @ vectors[:, alive].T
    return means, precision, values[::-1]


def mahalanobis(model, h):
    """Lee et al., eq. 2: max over classes of -(h - mu_c)^T P (h - mu_c), without the factor 1/2 of their code."""
    means, precision, _ = mahalanobis_parts(model)
    difference = h[:, None, :] - means[None, :, :]
    return (0.0 - np.einsum("qci,ij,qcj->qc", difference, precision, difference)).max(axis=1)


# ----------------------------------------------------------------------------------------------------------- names

def clip_of(model, setting):
    return float(setting[5:]) if setting.startswith("clip=") else react_clip(model, float(setting))


def scores(name, model, h):
    """The scores of a detector by its name, e.g. dice@90+react@clip=1.0."""
    if "+" in name:
        sparsity, clip = name.split("+")
        return dice(model, h, float(sparsity[5:]), clip_of(model, clip[6:]))
    method, _, setting = name.partition("@")
    if method == "gen" and setting:
        gamma, top = setting.split(":")
        return gen(model, h, float(gamma), int(top))
    return {
        "msp": lambda: msp(model, h, float(setting or 1)),
        "maxlogit": lambda: maxlogit(model, h),
        "energy": lambda: energy(model, h),
        "react": lambda: react(model, h, clip_of(model, setting)),
        "dice": lambda: dice(model, h, float(setting)),
        "ash-s": lambda: ash_s(model, h, float(setting)),
        "scale": lambda: scale(model, h, float(setting)),
        "gen": lambda: gen(model, h),
        "fdbd": lambda: fdbd(model, h),
        "knn": lambda: knn(model, h, int(setting)),
        "vim": lambda: vim(model, h, int(setting)),
        "mahalanobis": lambda: mahalanobis(model, h),
    }[method]()


NAMES = ["msp", "msp@1000", "maxlogit", "energy", "react@90", "react@clip=1.0", "dice@90", "dice@70",
         "dice@90+react@90", "dice@70+react@clip=1.0", "ash-s@90", "ash-s@65", "scale@85", "scale@65",
         "gen", "gen@0.1:3", "fdbd", "knn@5", "knn@1", "vim@6", "mahalanobis"]


# -------------------------------------------------------------------------------------------------------- the case

D, C, DEAD = 16, 5, [3, 9, 14]


def float32(values):
    return np.asarray(values).astype(np.float32).astype(np.float64)


def generate():
    random = np.random.default_rng(20240523)
    # Each class lights up some features of its own; noise reaches all but the dead ones.
    prototypes = np.where(random.random((C, D)) < 0.45, random.uniform(0.8, 2.5, (C, D)), -0.2)

    def sample(labels):
        h = np.maximum(prototypes[labels] + 0.45 * random.standard_normal((len(labels), D)), 0)
        h[:, DEAD] = 0
        return float32(h)

    labels = random.permutation(np.repeat(np.arange(C), [50, 30, 20, 13, 7]))
    train = sample(labels)
    # The nearest-prototype rule with noise: right for most of the training features, and nonzero at dead ones.
    lit = np.maximum(prototypes, 0)
    weight = float32(0.7 * lit + 0.15 * random.standard_normal((C, D)))
    bias = float32(-0.35 * (lit ** 2).sum(axis=1) + 0.2 * random.standard_normal(C))

    kinds, queries = [], []

    def add(kind, rows):
        rows = np.atleast_2d(rows)
        kinds.extend([kind] * len(rows))
        queries.extend(rows)

    familiar = sample(np.repeat(np.arange(C), 4))
    add("in-distribution", familiar)
    add("between two classes", (familiar[:2] + familiar[8:10]) / 2)
    far = np.maximum(2.0 * random.standard_normal((9, D)), 0)
    far[:, DEAD] = 0
    add("far", far)
    far = random.exponential(1.0, (2, D))
    add("far, dead features active", far)
    add("zero", np.zeros(D))
    add("equal to training vector 7", train[7])
    add("times 20", 20 * familiar[[0, 5, 10, 15]])
    tied = np.maximum(random.standard_normal(D), 0)
    tied[DEAD] = 0
    tied[[1, 4, 6, 7, 10, 11, 12, 15]] = 2.5  # eight largest, for two or six places
    add("tied largest", tied)
    return {"weight": weight, "bias": bias, "train": train, "labels": labels}, float32(queries), kinds


def check_margins(model, queries, kinds):
    """Nothing sits on a knife-edge by accident; what may turn on one bit in another implementation is refused."""
    assert len(model["train"]) == 120 and queries.shape == (40, D) and len(kinds) == 40
    assert (queries >= 0).all() and (model["train"] >= 0).all() and (model["train"][:, DEAD] == 0).all()
    assert (np.delete(model["train"], DEAD, axis=1).max(axis=0) > 0.5).all(), "a feature is dead by accident"
    assert (np.linalg.norm(model["train"], axis=1) > 0.5).all(), "knn: a training vector near zero"
    assert np.mean(logits(model, model["train"]).argmax(axis=1) == model["labels"]) > 0.9, "a head that knows little"
    singular = np.linalg.svd(model["weight"], compute_uv=False)
    assert singular.min() > 0.05 * singular.max(), "vim: pinv(W) near a rank change"
    contribution = model["weight"] * model["train"].mean(axis=0)
    for percent in (90, 70):
        threshold = np.percentile(contribution, percent)
        assert threshold > 0 and (np.abs(contribution / threshold - 1) > MARGIN).all(), "dice: mask near a tie"
    for percent in (90, 65, 85):
        k = kept_count(D, percent)
        assert abs(D * percent / 100 % 1 - 0.5) > 0.05, "ash-s, scale: k near a rounding tie"
        largest_first = -np.sort(-queries, axis=1)
        for row, kind in enumerate(kinds):
            kept, cut = largest_first[row, k - 1], largest_first[row, k]
            if kind == "tied largest":
                assert kept == cut > 0
            else:
                assert cut == 0 or kept / cut - 1 > MARGIN, f"ash-s: query {row} near a tie"
    z = np.sort(logits(model, queries), axis=1)
    assert (z[:, -1] - z[:, -2] > MARGIN * np.abs(z).max(axis=1)).all(), "fdbd: two classes near a tie"
    assert (np.linalg.norm(queries - model["train"].mean(axis=0), axis=1) > 0.1).all(), "fdbd: query at the mean"
    values = vim_parts(model, 6)[3]
    assert values[5] / values[6] - 1 > 0.01, "vim: the sixth eigenvalue near the seventh"
    values = mahalanobis_parts(model)[2]
    ratio = values / values.max()
    assert (ratio[:D - len(DEAD)] > 1e-4).all() and (np.abs(ratio[D - len(DEAD):]) < 1e-14).all()
    # Where the methods clip or prune, they must change something, or the case tests nothing.
    plain = energy(model, queries)
    for name in ("react@90", "react@clip=1.0", "dice@90", "dice@70", "ash-s@90", "scale@85"):
        assert np.mean(np.abs(scores(name, model, queries) - plain) > 1e-3) > 0.5, name
    for a, b in (("dice@90", "dice@90+react@90"), ("dice@70", "dice@70+react@clip=1.0"), ("gen", "gen@0.1:3")):
        assert (np.abs(scores(a, model, queries) - scores(b, model, queries)) > 1e-6).sum() >= 10, (a, b)
    clipped = {**model, "train": np.minimum(model["train"], 1.0)}
    assert (dice_model(clipped, 70)["weight"] != dice_model(model, 70)["weight"]).any(), "clipped mean: the same mask"


def check_gen(model, queries):
    """GEN against 300-digit arithmetic (here 1 - p goes down to e^-200): the only score whose plain formula loses
    its digits."""
    with localcontext() as context:
        context.prec = 300
        for z, score in zip(logits(model, queries), gen(model, queries)):
            e = [Decimal(float(x)).exp() for x in z]
            p = [x / sum(e) for x in e]
            expected = -sum((x * (1 - x)) ** Decimal(0.1) for x in p)
            assert abs(score - float(expected)) < 1e-12


# ---------------------------------------------------------------------------------------------------- hand-checked

IDENTITY = {"weight": [[1, 0], [0, 1]], "bias": [0, 0],
            "trainFeatures": [[1, 0], [3, 0], [0, 1], [0, 3]], "trainLabels": [0, 0, 1, 1]}
STEPS = {**IDENTITY, "weight": [[1, 2], [3, 4]]}
TIES = {**IDENTITY, "weight": [[1, 2], [2, 3]]}
UNEVEN_WEIGHT = {**IDENTITY, "weight": [[1, 0], [0, 2]]}
UNEVEN_MEAN = {"weight": [[1, 1], [0, 2]], "bias": [0, 0], "trainFeatures": [[8, 0], [0, 2]], "trainLabels": [0, 1]}
THREE_CLASSES = {**IDENTITY, "weight": [[1, 0], [0, 1], [0, 0]], "bias": [0, 0, 0],
                 "trainFeatures": [[1, 0], [3, 0], [0, 1], [0, 3], [1, 1]], "trainLabels": [0, 0, 1, 1, 2]}
THREE_FEATURES = {"weight": [[1, 0, 0], [0, 1, 1]], "bias": [0, 0],
                  "trainFeatures": [[1, 0, 0], [3, 0, 0], [0, 1, 0], [0, 3, 0]], "trainLabels": [0, 0, 1, 1]}
SHARED = {**IDENTITY, "trainFeatures": [[1, 0], [3, 0], [0, 1], [0, 3], [0, 2], [0, 2]],
          "trainLabels": [0, 0, 1, 1, 1, 1]}
FLAT = {**IDENTITY, "trainFeatures": [[1, 0], [3, 0], [0, 1], [0, 1]]}
SHIFTED = {"weight": [[1, 0], [0, 1]], "bias": [1, 0], "trainFeatures": [[2, 1], [0, 3]], "trainLabels": [0, 1]}


def soft(a, b):
    """ln(e^a + e^b) for a >= b."""
    return a + math.log1p(math.exp(b - a))


e = math.e
HAND = [
    (IDENTITY, "msp", [0, 0], 1 / 2, "logits (0, 0): both classes at 1/2"),
    (IDENTITY, "msp", [3, 1], 1 / (1 + math.exp(-2)), "logits (3, 1): e^3 / (e^3 + e^1) = 1 / (1 + e^-2)"),
    (THREE_CLASSES, "msp", [0, 0], 1 / 3, "logits (0, 0, 0): each class at 1/3"),
    (IDENTITY, "msp@1000", [2000, 1000], 1 / (1 + 1 / e), "logits (2000, 1000) / 1000 = (2, 1): 1 / (1 + e^-1)"),
    (IDENTITY, "maxlogit", [3, 1], 3, "logits (3, 1)"),
    (SHIFTED, "maxlogit", [3, 1], 4, "logits (3 + 1, 1 + 0)"),
    (IDENTITY, "energy", [0, 0], math.log(2), "ln(e^0 + e^0) = ln 2"),
    (IDENTITY, "energy", [3, 1], soft(3, 1), "ln(e^3 + e^1) = 3 + ln(1 + e^-2)"),
    (IDENTITY, "energy", [2000, 2000], 2000 + math.log(2), "2000 + ln 2: no overflow"),
    (IDENTITY, "react@50", [5, 5], 0.5 + math.log(2),
     "activations 0 0 0 0 1 1 3 3, position 0.5 x 7 = 3.5: clip (0 + 1) / 2; h (0.5, 0.5)"),
    (IDENTITY, "react@90", [5, 1], soft(3, 1), "position 0.9 x 7 = 6.3, between 3 and 3: clip 3; h (3, 1)"),
    (IDENTITY, "react@clip=1.0", [3, 0], soft(1, 0), "h (1, 0): ln(e + 1)"),
    (STEPS, "dice@50", [1, 0], soft(3, 0),
     "mean (1, 1), V = W, median 2.5: 3 and 4 stay; logits (0, 3), ln(1 + e^3)"),
    (STEPS, "dice@90", [1, 1], soft(4, 0), "position 0.9 x 3 = 2.7: threshold 3.7, 4 stays; logits (0, 4)"),
    (TIES, "dice@50", [1, 1], soft(3, 0), "V = 1 2 2 3, median 2: strictly above is 3 alone; logits (0, 3)"),
    (STEPS, "dice@50+react@50", [5, 0], soft(1.5, 0), "clip 0.5: h (0.5, 0); 3 and 4 stay: logits (0, 1.5)"),
    (UNEVEN_MEAN, "dice@50+react@clip=1.0", [5, 5], soft(2, 1),
     "unclipped mean (4, 1): V = 4 1 / 0 2, median 1.5: weights 1 0 / 0 2; h (1, 1): logits (1, 2) "
     "(the clipped mean (0.5, 0.5) would leave the 2 alone)"),
    (THREE_FEATURES, "ash-s@50", [2, 1, 1], soft(2 * e ** 2, 0),
     "k = 3 - round(1.5) = 1: 2 stays; s1 = 4, s2 = 2, factor e^2: logits (2 e^2, 0)"),
    (IDENTITY, "ash-s@25", [1, 3], soft(3 * e, e),
     "k = 2 - round(0.5) = 2 (half to even): all stay, factor e: logits (e, 3 e)"),
    (UNEVEN_WEIGHT, "ash-s@50", [1, 1], soft(e ** 2, 0),
     "k = 1, a tie: the lowest index stays; s1 = 2, s2 = 1: h (e^2, 0), logits (e^2, 0)"),
    (IDENTITY, "ash-s@50", [0, 0], math.log(2), "a zero vector stays zero: ln 2"),
    (IDENTITY, "scale@50", [3, 1], soft(3 * e ** (4 / 3), e ** (4 / 3)),
     "k = 1: s1 = 4, s2 = 3; all times e^(4/3)"),
    (IDENTITY, "scale@25", [1, 3], soft(3 * e, e), "k = 2 - round(0.5) = 2 (half to even): all times e"),
    (IDENTITY, "scale@50", [0, 0], math.log(2), "a zero vector stays zero: ln 2"),
    (IDENTITY, "gen", [0, 0], -2 ** 0.8, "p = 1/2 twice: -2 (1/4)^0.1 = -2 x 2^-0.2"),
    (IDENTITY, "gen@0.1:1", [0, 0], -2 ** -0.2, "the larger alone: -(1/4)^0.1"),
    (IDENTITY, "gen@0.5:2", [0, 0], -1, "-2 sqrt(1/4)"),
    (IDENTITY, "gen", [1, 0], -2 * (e / (1 + e) ** 2) ** 0.1, "p (1 - p) = e / (1 + e)^2 for both classes"),
    (IDENTITY, "gen", [100, 0], -2 * e ** -10, "p (1 - p) is e^-100 to 43 digits: -2 (e^-100)^0.1 = -2 e^-10 "
     "(a floating point 1 - p gives half of it)"),
    (IDENTITY, "fdbd", [3, 1], 1 / math.sqrt(2), "mean (1, 1): |3 - 1| / ||(1, -1)|| = sqrt 2, over ||(2, 0)|| = 2"),
    (THREE_CLASSES, "fdbd", [3, 1], (math.sqrt(2) + 3) / 4,
     "mean (1, 1); 2 / sqrt 2 to class 1, 3 / 1 to class 2, their mean (sqrt 2 + 3) / 2, over ||(2, 0)|| = 2"),
    (IDENTITY, "knn@1", [0, 5], 0, "normalised (0, 1), as two training vectors are"),
    (IDENTITY, "knn@3", [0, 5], -math.sqrt(2), "the third nearest is (1, 0)"),
    (IDENTITY, "knn@1", [1, 1], -math.sqrt(2 - math.sqrt(2)), "||(1, 1) / sqrt 2 - (1, 0)||^2 = 2 - sqrt 2"),
    (IDENTITY, "knn@1", [0, 0], -1, "zero is at distance 1 from every unit vector"),
    (FLAT, "vim@1", [3, 1], math.log1p(math.exp(-2)),
     "u = 0, second moments 10/4 and 2/4: R is the second axis; alpha = (1 + 3 + 1 + 1) / (0 + 0 + 1 + 1) = 3; "
     "3 + ln(1 + e^-2) - 3 x 1"),
    (SHIFTED, "vim@1", [4, 1], -1 + math.log1p(math.exp(-4)),
     "u = (-1, 0); h - u (3, 1), (1, 3): R = (1, -1) / sqrt 2, residuals sqrt 2; alpha = (3 + 3) / (2 sqrt 2); "
     "(5, 1): residual 4 / sqrt 2, virtual logit 6; 5 + ln(1 + e^-4) - 6"),
    (IDENTITY, "mahalanobis", [3, 1], -4,
     "means (2, 0) and (0, 2), variances 2/4, precision 2: 2 (1 + 1) = 4 to class 0, 2 (9 + 1) to class 1"),
    (SHARED, "mahalanobis", [3, 1], -6,
     "means (2, 0) and (0, 2), variances 2/6 each over all six, precision 3: 3 (1 + 1)"),
    (THREE_FEATURES, "mahalanobis", [3, 1, 5], -4, "the third feature is dead: its 5 has no say; 2 (1 + 1)"),
]


def hand_cases():
    cases = []
    for model, name, query, score, why in HAND:
        arrays = {"weight": np.array(model["weight"], float), "bias": np.array(model["bias"], float),
                  "train": np.array(model["trainFeatures"], float), "labels": np.array(model["trainLabels"])}
        computed = float(scores(name, arrays, np.array([query], float))[0])
        assert math.isclose(computed, score, rel_tol=1e-9, abs_tol=1e-9), (name, query, computed, score)
        cases.append({"detector": name, "query": query, "score": float(score), "why": why, **model})
    assert {case["detector"].split("@")[0] for case in cases} == {name.split("@")[0] for name in NAMES}
    return cases


# --------------------------------------------------------------------------------------------------------- writing

def main():
    here = pathlib.Path(__file__).parent
    model, queries, kinds = generate()
    check_margins(model, queries, kinds)
    check_gen(model, queries)
    origin, residual_space, alpha, vim_values = vim_parts(model, 6)
    means, precision, maha_values = mahalanobis_parts(model)
    fixture = {
        "weight": model["weight"].tolist(),
        "bias": model["bias"].tolist(),
        "trainFeatures": model["train"].tolist(),
        "trainLabels": model["labels"].tolist(),
        "queries": queries.tolist(),
        "queryKinds": kinds,
        "scores": {name: scores(name, model, queries).tolist() for name in NAMES},
        "statistics": {
            "featureMean": model["train"].mean(axis=0).tolist(),
            "reactClip90": float(react_clip(model, 90)),
            "diceKept90": int(np.count_nonzero(dice_model(model, 90)["weight"])),
            "diceKept70": int(np.count_nonzero(dice_model(model, 70)["weight"])),
            "keptCounts": {str(percent): kept_count(D, percent) for percent in (65, 85, 90)},
            "plainGen": plain_gen(model, queries).tolist(),
            "vimOrigin": origin.tolist(),
            "vimAlpha": float(alpha),
            "vimEigenvalues": vim_values.tolist(),
            "vimResidualProjector": (residual_space @ residual_space.T).tolist(),
            "classMeans": means.tolist(),
            "precision": precision.tolist(),
            "covarianceEigenvalues": maha_values.tolist(),
        },
    }
    for path, value in (("detectors.json", fixture), ("hand.json", {"cases": hand_cases()})):
        (here / path).write_text(text(value) + "\n")


def text(value, indent=""):
    """JSON with one row of numbers, or one short field, a line."""
    inner = indent + "  "
    if len(json.dumps(value)) <= 100:
        return json.dumps(value, allow_nan=False)
    if isinstance(value, dict):
        items = [f"{inner}{json.dumps(key)}: {text(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    if isinstance(value, list) and value and isinstance(value[0], (dict, list)):
        return "[\n" + ",\n".join(inner + text(item, inner) for item in value) + f"\n{indent}]"
    return json.dumps(value, allow_nan=False)


if __name__ == "__main__":
    main()

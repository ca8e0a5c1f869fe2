"""The pictures, the network and the scores that the recipe's scripts share."""
import os

import numpy as np
import torch
from torch import nn

CLASSES = ["hex-nut", "bolt", "washer", "gear", "spring", "bearing", "stud", "wing-nut", "bracket", "retaining-ring"]
ODD_KINDS = ["unseen-part", "foreign-object", "smeared-lens", "dark-frame", "flipped-channel"]
SIDE = 64
MEAN = [0.5, 0.5, 0.5]
STD = [0.25, 0.25, 0.25]


def pictures(folder, name):
    """uint8 NCHW, as io.oodmonitor.render.WriteImages wrote them."""
    raw = np.fromfile(os.path.join(folder, name + ".rgb"), dtype=np.uint8)
    return torch.from_numpy(raw.reshape(-1, SIDE, SIDE, 3).transpose(0, 3, 1, 2).copy())


def labels(folder, name):
    return torch.from_numpy(np.fromfile(os.path.join(folder, name + ".labels"), dtype=np.uint8).astype(np.int64))


def normalise(batch):
    mean = torch.tensor(MEAN).view(1, 3, 1, 1)
    std = torch.tensor(STD).view(1, 3, 1, 1)
    return (batch.float() / 255 - mean) / std


def block(inputs, outputs, kernel, stride):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class PartNet(nn.Module):
    """Five convolutions, ReLU, global average pooling to FEATURES values, one linear head."""
    FEATURES = 256

    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(
            block(3, 24, 5, 2), block(24, 48, 3, 2), block(48, 96, 3, 2), block(96, 128, 3, 1),
            block(128, self.FEATURES, 1, 1))
        self.head = nn.Linear(self.FEATURES, len(CLASSES))

    def features(self, x):
        return self.trunk(x).mean(dim=(2, 3))

    def forward(self, x):
        return self.head(self.features(x))


def features_of(network, images, batch=256):
    """float64 features of uint8 pictures."""
    network.eval()
    with torch.no_grad():
        return np.concatenate([network.features(normalise(images[i:i + batch])).double().numpy()
                               for i in range(0, len(images), batch)])


def logsumexp(logits):
    top = logits.max(axis=1, keepdims=True)
    return (top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True)))[:, 0]


def dice_weight(weight, mean, p):
    """The head's weights where the contribution to the class is above the p-th percentile of all, else 0."""
    contribution = weight * mean
    return weight * (contribution > np.percentile(contribution, p))


def fpr95(inside, outside):
    """Share of OOD scores that pass where 95% of the ID scores do, percent."""
    return 100 * np.mean(outside >= np.percentile(inside, 5))


def auroc(inside, outside):
    """Chance that an ID score is above an OOD score, ties counting half, percent."""
    order = np.sort(inside)
    below = np.searchsorted(order, outside, "left")
    upto = np.searchsorted(order, outside, "right")
    return 100 * (1 - np.mean((below + upto) / 2) / len(inside))

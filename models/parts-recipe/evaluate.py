"""Prints what a trained parts classifier achieves: accuracy, and AUROC and FPR95 per OOD kind for energy and DICE."""
import argparse

import numpy as np
import torch

import parts

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("folder", help="where WriteImages wrote the sets")
parser.add_argument("weights", help="the .pt file that train.py wrote")
parser.add_argument("--range", default="validation", help="the seed range to judge by")
parser.add_argument("--sparsity", type=float, nargs="+", default=[10, 30, 50, 70, 80, 90, 95])
parser.add_argument("--statistics", type=int, default=10000, help="training pictures that E[h] is taken over")
parser.add_argument("--threads", type=int, default=2)


def main():
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    network = parts.PartNet()
    network.load_state_dict(torch.load(args.weights))
    weight = network.head.weight.detach().double().numpy()
    bias = network.head.bias.detach().double().numpy()
    mean = parts.features_of(network, parts.pictures(args.folder, "training")[:args.statistics]).mean(axis=0)
    inside = parts.features_of(network, parts.pictures(args.folder, args.range))
    truth = parts.labels(args.folder, args.range).numpy()
    outside = {kind: parts.features_of(network, parts.pictures(args.folder, args.range + "-" + kind))
               for kind in parts.ODD_KINDS}
    predicted = (inside @ weight.T + bias).argmax(1)
    print("accuracy %.2f%% of %d" % (100 * np.mean(predicted == truth), len(truth)))
    for index, name in enumerate(parts.CLASSES):
        wrong = predicted[(truth == index) & (predicted != index)]
        print("  %-15s %.2f%%  %s" % (name, 100 * np.mean(predicted[truth == index] == index),
                                     [parts.CLASSES[i] for i in wrong[:8]]))
    print("%-8s" % "" + "".join("%22s" % kind for kind in parts.ODD_KINDS + ["mean"]))
    print("%-8s" % "" + "%22s" % "AUROC  FPR95" * (len(parts.ODD_KINDS) + 1))
    methods = [("energy", weight)] + [("dice@%g" % p, parts.dice_weight(weight, mean, p)) for p in args.sparsity]
    for name, head in methods:
        scores = parts.logsumexp(inside @ head.T + bias)
        figures = [(parts.auroc(scores, other), parts.fpr95(scores, other))
                   for other in (parts.logsumexp(h @ head.T + bias) for h in outside.values())]
        figures.append(tuple(np.mean(figures, axis=0)))
        print("%-8s" % name + "".join("%15.2f %6.2f" % pair for pair in figures))


if __name__ == "__main__":
    main()

"""Trains the parts classifier and exports it as ONNX. README.md beside it says how to run it."""
import argparse
import time

import numpy as np
import onnx
import torch
from torch import nn

import parts

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("folder", help="where WriteImages wrote the sets")
parser.add_argument("output", help="the ONNX file to write")
parser.add_argument("--epochs", type=int, default=12)
parser.add_argument("--batch", type=int, default=64)
parser.add_argument("--rate", type=float, default=0.1)
parser.add_argument("--decay", type=float, default=5e-4)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--seed", type=int, default=7)


def turned(batch):
    """Mirrored and turned by quarters at random: a part has no upright."""
    if torch.rand(()) < 0.5:
        batch = batch.flip(3)
    return torch.rot90(batch, int(torch.randint(4, ())), (2, 3))


def train(network, images, labels, args):
    decayed = [p for p in network.parameters() if p.dim() > 1]
    others = [p for p in network.parameters() if p.dim() == 1]
    optimiser = torch.optim.SGD([{"params": decayed, "weight_decay": args.decay}, {"params": others}],
                                lr=args.rate, momentum=0.9, nesterov=True)
    steps = len(images) // args.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, args.rate, epochs=args.epochs, steps_per_epoch=steps,
                                                   pct_start=0.2)
    loss_of = nn.CrossEntropyLoss()
    for epoch in range(args.epochs):
        network.train()
        begun = time.time()
        total = 0.0
        right = 0
        order = torch.randperm(len(images))
        for step in range(steps):
            chosen = order[step * args.batch:(step + 1) * args.batch]
            logits = network(parts.normalise(turned(images[chosen])))
            loss = loss_of(logits, labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
            right += (logits.argmax(1) == labels[chosen]).sum().item()
        print("epoch %d: loss %.4f, training accuracy %.2f%%, %.0f s" % (
            epoch + 1, total / steps, 100 * right / (steps * args.batch), time.time() - begun), flush=True)


def export(network, path):
    network.eval()
    example = torch.zeros(1, 3, parts.SIDE, parts.SIDE)
    torch.onnx.export(network, example, path, opset_version=13, input_names=["input"], output_names=["logits"],
                      dynamic_axes={"input": {0: "batch"}, "logits": {0: "batch"}})
    model = onnx.load(path)
    model.doc_string = ""
    onnx.checker.check_model(model)
    assert model.graph.node[-1].op_type == "Gemm", "the graph must end in its head"
    onnx.save(model, path)


def main():
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    images = parts.pictures(args.folder, "training")
    labels = parts.labels(args.folder, "training")
    network = parts.PartNet()
    train(network, images, labels, args)
    torch.save(network.state_dict(), args.output + ".pt")
    export(network, args.output)
    features = parts.features_of(network, parts.pictures(args.folder, "validation"))
    logits = features @ network.head.weight.detach().double().numpy().T + network.head.bias.detach().double().numpy()
    right = logits.argmax(1) == parts.labels(args.folder, "validation").numpy()
    print("validation accuracy %.2f%%" % (100 * np.mean(right)))


if __name__ == "__main__":
    main()

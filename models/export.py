#!/usr/bin/env python3
"""Turns PyTorch classifiers into ONNX files that `ood-monitor fit` takes. Downloads nothing."""

import argparse
import importlib
import inspect
import json
import os
import sys

import torch
from torch import nn

CIFAR = ((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010))
IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


class Grey(nn.Module):
    """A network of one channel behind three: luma as Pillow weights it. The weights sum to 1, so that one mean and std
    for all three channels is the same as for the one."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        self.register_buffer("luma", torch.tensor([0.299, 0.587, 0.114]).reshape(1, 3, 1, 1))

    def forward(self, x):
        return self.network((x * self.luma).sum(1, keepdim=True))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--opset", type=int, default=13, help="version of ONNX's operators, 9 or later (default: 13)")
    common.add_argument("--sample", type=int, default=0, metavar="N", help="also write N random images and PyTorch's "
                        "logits of them: OUT.sample.rgb, OUT.sample.json")
    for classes in (10, 100):
        command = commands.add_parser(f"densenet-cifar{classes}", parents=[common], help="the DICE authors' "
                                      f"DenseNet-BC-100-12 of CIFAR-{classes}")
        command.add_argument("checkpoint", help="checkpoint_100.pth.tar, or random")
        command.add_argument("out")
    resnet = commands.add_parser("resnet50", parents=[common], help="torchvision's ResNet-50")
    torchvision = commands.add_parser("torchvision", parents=[common], help="any classifier of torchvision")
    torchvision.add_argument("name", help="mobilenet_v2, vit_b_16, ...")
    torchvision.add_argument("--size", type=int, default=224, help="rows and columns (default: 224)")
    module = commands.add_parser("module", parents=[common], help="any module that PACKAGE:FACTORY() returns")
    module.add_argument("factory", metavar="PACKAGE:FACTORY", help="a function or class, called without arguments")
    module.add_argument("--size", type=int, required=True, help="rows and columns")
    module.add_argument("--grey", action="store_true", help="the module takes one channel: put 3 before it")
    module.add_argument("--mean", type=numbers, default=IMAGENET[0], help="of the sample (default: ImageNet's)")
    module.add_argument("--std", type=numbers, default=IMAGENET[1], help="of the sample (default: ImageNet's)")
    for command in (resnet, torchvision, module):
        command.add_argument("checkpoint", nargs="?", default="random",
                             help="state dict, or random: as it is made (default: random)")
        command.add_argument("out")
    return parser.parse_args()


def numbers(text):
    return tuple(float(part) for part in text.split(","))


def state(path):
    """The tensors of a checkpoint by name, however deep they lie in it; DataParallel's prefix is taken off."""
    if not os.path.isfile(path):
        raise SystemExit(f"{path} must be a checkpoint file, or the word random, but there is no such file")
    try:
        held = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as e:
        raise SystemExit(f"{path} must be a checkpoint of tensors alone (torch.save(model.state_dict(), ...)), but "
                         f"cannot be read as one: {str(e).splitlines()[0]}")
    for key in ("state_dict", "model_state_dict", "model"):
        if isinstance(held, dict) and isinstance(held.get(key), dict):
            held = held[key]
    if not isinstance(held, dict) or not all(isinstance(tensor, torch.Tensor) for tensor in held.values()):
        raise SystemExit(f"{path} must hold tensors by name (torch.save(model.state_dict(), ...)), but holds others")
    return {name[7:] if name.startswith("module.") else name: tensor for name, tensor in held.items()}


def load(network, checkpoint):
    if checkpoint == "random":
        return network
    tensors = state(checkpoint)
    expected = network.state_dict()
    # Checkpoints from before PyTorch 0.4.1 do not count batches.
    missing = [name for name in expected if name not in tensors and not name.endswith("num_batches_tracked")]
    unknown = [name for name in tensors if name not in expected]
    if missing or unknown:
        raise SystemExit(f"{checkpoint} must hold the tensors of this network, but lacks {len(missing)} "
                         f"({', '.join(missing[:3])}) and has {len(unknown)} others ({', '.join(unknown[:3])})")
    try:
        network.load_state_dict(tensors, strict=False)
    except RuntimeError as e:
        raise SystemExit(f"{checkpoint} does not fit this network: {str(e).splitlines()[-1].strip()}")
    return network


def network(args):
    """The module, its size, mean and std, and what to tell `fit`."""
    if args.command.startswith("densenet-cifar"):
        from densenet import DenseNetBC
        return DenseNetBC(int(args.command[14:])), 32, CIFAR, ["--preset cifar"]
    if args.command == "module":
        package, _, name = args.factory.partition(":")
        sys.path.insert(0, os.getcwd())
        try:
            made = getattr(importlib.import_module(package), name)()
        except (ImportError, AttributeError, ValueError) as e:
            raise SystemExit(f"{args.factory} must be a function of a package on the path, as in mine.nets:resnet, but "
                             f"cannot be called: {e}")
        told = f"--size {args.size} --framing ... --mean ... --std ..., as in its training"
        return made, args.size, (args.mean, args.std), [told]
    import torchvision
    from torchvision import models
    name = "resnet50" if args.command == "resnet50" else args.name
    size = 224 if args.command == "resnet50" else args.size
    if name not in models.list_models(models):
        raise SystemExit(f"{name} is no classifier of torchvision {torchvision.__version__}")
    options = {"aux_logits": True, "init_weights": False} if name in ("inception_v3", "googlenet") else {}
    return models.get_model(name, weights=None, **options), size, IMAGENET, advice(models, name)


def advice(models, name):
    """How each published set of weights takes its images, from torchvision's own description."""
    lines = []
    for weights in models.get_model_weights(name):
        told = weights.transforms()
        lines.append(f"--preset imagenet --size {told.crop_size[0]} --framing resize={told.resize_size[0]} "
                     f"--interpolation {told.interpolation.value}    # if trained as {weights.name}")
    return lines


def write_sample(network, count, size, mean, std, out):
    generator = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (count, size, size, 3), dtype=torch.uint8, generator=generator)
    images = (pixels.permute(0, 3, 1, 2).float() / 255 - torch.tensor(mean).reshape(1, 3, 1, 1)) \
        / torch.tensor(std).reshape(1, 3, 1, 1)
    with torch.no_grad():
        logits = network(images)
    with open(out + ".sample.rgb", "wb") as file:
        file.write(pixels.numpy().tobytes())
    with open(out + ".sample.json", "w") as file:
        json.dump({"mean": mean, "std": std, "logits": logits.tolist()}, file)


def main():
    args = arguments()
    if args.opset < 9:
        raise SystemExit(f"--opset must be 9 or later, but is {args.opset}")
    torch.manual_seed(0)
    made, size, (mean, std), told = network(args)
    # Evaluation mode: batch norm by its running statistics, no dropout.
    made = load(made, args.checkpoint).eval()
    if args.command == "module" and args.grey:
        made = Grey(made).eval()
    image = torch.randn(2, 3, size, size)
    try:
        with torch.no_grad():
            logits = made(image)
    except RuntimeError as e:
        raise SystemExit(f"the network must take [N, 3, {size}, {size}], but does not: " + str(e).splitlines()[0])
    if not isinstance(logits, torch.Tensor) or logits.dim() != 2:
        raise SystemExit("the network must give logits [N, classes] alone: wrap it in a module that does")
    # The exporter that traces; newer versions of PyTorch have another one by default, with other names for axes.
    tracing = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(made, image, args.out, opset_version=args.opset, input_names=["image"], output_names=["logits"],
                      dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}}, **tracing)
    if args.sample:
        write_sample(made, args.sample, size, mean, std, args.out)
    print(f"Wrote {args.out}: {logits.shape[1]} classes of {size}x{size} images, operator set {args.opset}.")
    print("Options of fit that belong to it:")
    for line in told:
        print(f"    {line}")


if __name__ == "__main__":
    main()

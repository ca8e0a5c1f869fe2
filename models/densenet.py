"""DenseNet-BC (Huang et al., CVPR 2017) for 32x32 images, with the tensor names of the DICE authors' checkpoints."""

import torch
from torch import nn
from torch.nn import functional


class Layer(nn.Module):
    """Adds `growth` maps to those it is given: a 1x1 bottleneck of 4 x growth, then 3x3, each after a norm."""

    def __init__(self, maps, growth):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(maps)
        self.conv1 = nn.Conv2d(maps, 4 * growth, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)

    def forward(self, x):
        narrow = self.conv1(functional.relu(self.bn1(x)))
        return torch.cat((x, self.conv2(functional.relu(self.bn2(narrow)))), 1)


class Block(nn.Module):

    def __init__(self, maps, growth, layers):
        super().__init__()
        self.layer = nn.Sequential(*(Layer(maps + i * growth, growth) for i in range(layers)))

    def forward(self, x):
        return self.layer(x)


class Transition(nn.Module):
    """Half the maps, half the rows and columns."""

    def __init__(self, maps):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(maps)
        self.conv1 = nn.Conv2d(maps, maps // 2, 1, bias=False)

    def forward(self, x):
        return functional.avg_pool2d(self.conv1(functional.relu(self.bn1(x))), 2)


class DenseNetBC(nn.Module):
    """Three blocks; depth 100 and growth 12 end in 342 features."""

    def __init__(self, classes, depth=100, growth=12):
        super().__init__()
        layers = (depth - 4) // 6
        maps = 2 * growth
        self.conv1 = nn.Conv2d(3, maps, 3, padding=1, bias=False)
        for stage in (1, 2, 3):
            setattr(self, f"block{stage}", Block(maps, growth, layers))
            maps += layers * growth
            if stage < 3:
                setattr(self, f"trans{stage}", Transition(maps))
                maps //= 2
        self.bn1 = nn.BatchNorm2d(maps)
        self.fc = nn.Linear(maps, classes)

    def forward(self, x):
        x = self.trans1(self.block1(self.conv1(x)))
        x = self.block3(self.trans2(self.block2(x)))
        return self.fc(torch.flatten(functional.avg_pool2d(functional.relu(self.bn1(x)), 8), 1))

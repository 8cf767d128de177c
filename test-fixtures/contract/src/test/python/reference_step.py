"""The numbers of ReferenceStep, made with PyTorch: loss, logits and gradients of a step whose weights, inputs and noise
follow a formula.

    python3 reference_step.py     (Debian: apt-get install python3-torchvision)
"""
import math

import numpy
import torch
import torchvision
from torch import nn

NOISE, PROJECTION = 100_000, 200_000


def elements(number, count):
    x = numpy.sin(12.9898 * (numpy.arange(count, dtype=numpy.float64) + 1) + 78.233 * (number + 1)) * 43758.5453
    return 2 * (x - numpy.floor(x)) - 1


def tensor(number, scale, *dims):
    return torch.tensor((scale * elements(number, math.prod(dims))).astype(numpy.float32)).reshape(dims)


class Dropout(nn.Module):
    """Keeps what the formula's noise keeps."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def forward(self, x):
        noise = 0.5 + tensor(NOISE + self.number, 0.5, *x.shape)
        return x * (noise >= 0.5) * 2


def step(title, network, image, target):
    for number, (name, parameter) in enumerate(network.named_parameters()):
        vector = parameter.dim() == 1
        fan_in = parameter.numel() / parameter.shape[0]
        value = tensor(number, 0.1 if vector else math.sqrt(6 / fan_in), *parameter.shape)
        parameter.data = value + 1 if vector and name.endswith(".weight") else value
    network.train()
    logits = network(image)
    loss = nn.functional.cross_entropy(logits, target)
    loss.backward()
    print("===", title)
    print("loss %.6g" % loss.item())
    for number, (name, value) in enumerate(
            [("logits", logits)] + [(name, p.grad) for name, p in network.named_parameters()], 1):
        flat = value.detach().numpy().astype(numpy.float64).ravel()
        print(name, "%.6g" % (flat * elements(PROJECTION + number, flat.size)).sum())


def classifier(inputs, hidden, classes, dropout_first):
    d = [Dropout(0), Dropout(1)]
    first, second, last = nn.Linear(inputs, hidden), nn.Linear(hidden, hidden), nn.Linear(hidden, classes)
    if dropout_first:
        return nn.Sequential(d[0], first, nn.ReLU(), d[1], second, nn.ReLU(), last)
    return nn.Sequential(first, nn.ReLU(), d[0], second, nn.ReLU(), d[1], last)


def alexnet(towers):
    groups = 2 if towers else 1
    network = torchvision.models.AlexNet()
    filters = [4, 6, 8, 6, 4]
    shape = {0: (11, 4, 2, 1), 3: (5, 1, 2, groups), 6: (3, 1, 1, 1), 8: (3, 1, 1, groups), 10: (3, 1, 1, groups)}
    channels = 2
    for count, (place, (kernel, stride, padding, group)) in zip(filters, shape.items()):
        network.features[place] = nn.Conv2d(channels, count, kernel, stride, padding, groups=group)
        channels = count
    if towers:
        for place in (1, 4):
            network.features[place] = nn.Sequential(nn.ReLU(), nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2))
    network.classifier = classifier(4 * 36, 7, 3, True)
    return network


def vgg(batch_norm, positions):
    layers = torchvision.models.vgg.make_layers([4, "M", 6, 6, "M"], batch_norm)
    layers[0] = nn.Conv2d(2, 4, 3, padding=1)
    network = torchvision.models.VGG(layers)
    network.avgpool = nn.AdaptiveAvgPool2d(positions)
    network.classifier = classifier(6 * positions * positions, 7, 3, False)
    return network


class Layer(nn.Module):
    def __init__(self, conv):
        super().__init__()
        self.conv, self.bn = conv, nn.BatchNorm2d(conv.out_channels)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))


class SegNet(nn.Module):
    """convolutions 1 and 2, filters 3 and 4, pictures of one channel, two classes and the background"""

    def __init__(self, up, bottleneck):
        super().__init__()
        self.up = up
        step = 2 if up == "STRIDE" else 1
        add = lambda name, conv: self.add_module(name.replace(".", "_"), Layer(conv))
        add("encoder0.1", nn.Conv2d(1, 3, 3, step, 1, bias=False))
        add("encoder1.1", nn.Conv2d(3, 4, 3, 1, 1, bias=False))
        add("encoder1.2", nn.Conv2d(4, 4, 3, step, 1, bias=False))
        if bottleneck:
            add("fc6", nn.Conv2d(4, bottleneck, 2, bias=False))
            add("fc7", nn.Conv2d(bottleneck, bottleneck, 1, bias=False))
            add("fc6-up", nn.ConvTranspose2d(bottleneck, 4, 2, bias=False))
        if up == "STRIDE":
            add("decoder1.1", nn.ConvTranspose2d(4, 4, 3, 2, 1, 1, bias=False))
            add("decoder1.2", nn.Conv2d(4, 3, 3, 1, 1, bias=False))
            add("decoder0.1", nn.ConvTranspose2d(3, 3, 3, 2, 1, 1, bias=False))
        else:
            conv = nn.ConvTranspose2d if up == "UNPOOL_TRANSPOSED" else nn.Conv2d
            add("decoder1.1", conv(4, 4, 3, 1, 1, bias=False))
            add("decoder1.2", conv(4, 3, 3, 1, 1, bias=False))
            if up == "UNPOOL_TRANSPOSED":
                add("decoder0.1", conv(3, 3, 3, 1, 1, bias=False))
        self.head = nn.Conv2d(3, 3, 3, 1, 1) if up == "UNPOOL" else nn.Conv2d(3, 3, 1)

    def forward(self, x):
        run = lambda name, y: getattr(self, name.replace(".", "_"))(y)
        has = lambda name: hasattr(self, name.replace(".", "_"))
        shapes, places = [], []
        for names in (["encoder0.1"], ["encoder1.1", "encoder1.2"]):
            for name in names:
                x = run(name, x)
            if self.up != "STRIDE":
                shapes.append(x.shape)
                x, indices = nn.functional.max_pool2d(x, 2, return_indices=True)
                places.append(indices)
        for name in ("fc6", "fc7", "fc6-up"):
            x = run(name, x) if has(name) else x
        for names in (["decoder1.1", "decoder1.2"], ["decoder0.1"]):
            if self.up != "STRIDE":
                x = nn.functional.max_unpool2d(x, places.pop(), 2, output_size=shapes.pop())
            for name in names:
                x = run(name, x) if has(name) else x
        return self.head(x)


label = torch.tensor([2, 0, 1])
step("alexnet, one tower, 63 pixels", alexnet(False), tensor(1000, 1, 3, 2, 63, 63), label)
step("alexnet, two towers, 100 pixels", alexnet(True), tensor(1000, 30, 3, 2, 100, 100), label)
step("vgg, 14 pixels", vgg(False, 3), tensor(1000, 1, 3, 2, 14, 14), label)
step("vgg, batch norm, 17 pixels", vgg(True, 3), tensor(1000, 1, 3, 2, 17, 17), label)
for up, bottleneck, size in (("UNPOOL", 0, 11), ("UNPOOL_TRANSPOSED", 5, 10), ("STRIDE", 0, 8)):
    mask = torch.arange(3 * size * size).reshape(3, size, size) * 7 % 11 % 3
    step("segnet, " + up, SegNet(up, bottleneck), tensor(1000, 1, 3, 1, size, size), mask)

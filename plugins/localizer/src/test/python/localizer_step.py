"""The numbers of LocalizerTest: one training step of a LeNet with a class head and a box head, written in PyTorch from the papers.

    python3 localizer_step.py     (Debian: apt-get install python3-torch)
"""
import math

import numpy
import torch
import torch.nn.functional as F

CLASSES, SIZE, BETA, BOXES = 3, 28, 0.02, 2


def tensor(number, scale, *dims):
    x = numpy.arange(1, math.prod(dims) + 1, dtype=numpy.float64)
    x = numpy.sin(12.9898 * x + 78.233 * (number + 1)) * 43758.5453
    return torch.tensor((scale * (2 * (x - numpy.floor(x)) - 1)).astype(numpy.float32)).reshape(dims)


SHAPES = {
    "c1.weight": (6, 1, 5, 5), "c1.bias": (6,), "c3.weight": (16, 6, 5, 5), "c3.bias": (16,),
    "c5.weight": (120, 400), "c5.bias": (120,), "f6.weight": (84, 120), "f6.bias": (84,),
    "out.weight": (CLASSES + 4, 84), "out.bias": (CLASSES + 4,),
}
weights = {
    name: tensor(i, .1 if len(shape) == 1 else math.sqrt(6 / (math.prod(shape) // shape[0])), *shape).requires_grad_()
    for i, (name, shape) in enumerate(SHAPES.items())
}


def layer(kind, name, x, **options):
    return kind(x, weights[name + ".weight"], weights[name + ".bias"], **options)


image = tensor(1000, 1, 3, 1, SIZE, SIZE)
targets = [(2, (4., 6, 20, 22)), None, (1, (10., 1, 27, 14))]

x = F.avg_pool2d(torch.tanh(layer(F.conv2d, "c1", image, padding=2)), 2)
x = F.avg_pool2d(torch.tanh(layer(F.conv2d, "c3", x)), 2)
x = torch.tanh(layer(F.linear, "c5", x.flatten(1)))
x = torch.tanh(layer(F.linear, "f6", x))
# Two heads that share their features: the rows of the last layer's weight, apart.
logits = F.linear(x, weights["out.weight"][:CLASSES], weights["out.bias"][:CLASSES])
edges = .5 + F.linear(x, weights["out.weight"][CLASSES:], weights["out.bias"][CLASSES:])

losses = []
for n, target in enumerate(targets):
    if target:
        label, box = target
        losses.append(F.cross_entropy(logits[n:n + 1], torch.tensor([label]))
                      + BOXES * F.smooth_l1_loss(edges[n], torch.tensor(box) / SIZE, beta=BETA, reduction="sum"))
loss = sum(losses) / len(losses)
loss.backward()
numbers = [("object_score", logits.softmax(1).max(1).values.detach())]
numbers += [(name, weight.grad) for name, weight in weights.items()]
print("loss %.6g" % float(loss))
for i, (name, values) in enumerate(numbers, 1):
    values = values.double().flatten()
    print(name, "%.6g" % float((values * tensor(200_000 + i, 1, values.numel()).double()).sum()))

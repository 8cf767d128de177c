"""The numbers of OverFeatPyTorchTest: one training step of the small OverFeat, written in PyTorch from the README and the paper.

    python3 overfeat_step.py     (Debian: apt-get install python3-torch)
"""
import math

import numpy
import torch
import torch.nn.functional as F

SIZE, CLASSES, SCALES = 64, 3, (0.75, 1.0)
STRIDE, FIELD, POOL, WINDOW, MIDDLE = 4, 3, 3, 55, 1
PARAMETERS = {
    "features.1.weight": (16, 1, 5, 5), "features.1.bias": (16,),
    "features.2.weight": (32, 16, 3, 3), "features.2.bias": (32,),
    "features.3.weight": (48, 32, 3, 3), "features.3.bias": (48,),
    "classes.0.weight": (128, 48, 3, 3), "classes.0.bias": (128,),
    "classes.1.weight": (128, 128, 1, 1), "classes.1.bias": (128,),
    "classes.out.weight": (CLASSES + 1, 128, 1, 1), "classes.out.bias": (CLASSES + 1,),
    "boxes.0.weight": (128, 48, 3, 3), "boxes.0.bias": (128,),
    "boxes.1.weight": (64, 128, 1, 1), "boxes.1.bias": (64,),
    "boxes.out.weight": (4, 64, 1, 1), "boxes.out.bias": (4,),
}


def tensor(number, scale, *dims):
    x = numpy.arange(1, math.prod(dims) + 1, dtype=numpy.float64)
    x = numpy.sin(12.9898 * x + 78.233 * (number + 1)) * 43758.5453
    return torch.tensor((scale * (2 * (x - numpy.floor(x)) - 1)).astype(numpy.float32)).reshape(dims)


weights = {}
for number, name in enumerate(sorted(PARAMETERS)):
    shape = PARAMETERS[name]
    fan_in = math.prod(shape) // shape[0]
    weights[name] = tensor(number, .1 if len(shape) == 1 else math.sqrt(6 / fan_in), *shape).requires_grad_()


def conv(name, x, stride=1):
    return F.conv2d(x, weights[name + ".weight"], weights[name + ".bias"], stride)


image = tensor(1000, 1, 2, 1, SIZE, SIZE)
boxes = torch.tensor([[[4., 6, 40, 50], [20, 10, 60, 34]], [[10, 30, 36, 58], [0, 0, 0, 0]]])
label = torch.tensor([[0, 2], [1, -1]])

logits, edges, windows = [], [], []
for factor in SCALES:
    side = int(SIZE * factor)
    pooled = -(-side // (STRIDE * POOL))
    positions = POOL * (pooled + 1) - 1
    extent = positions
    for kernel, stride in ((3, 1), (3, 1), (2, 2), (5, 2)):  # from the last layer to the first
        extent = (extent - 1) * stride + kernel
    before = (extent - side) // 2
    x = F.interpolate(image, size=(side, side), mode="bilinear", align_corners=False)
    x = F.pad(x, (before, extent - side - before) * 2)
    x = F.max_pool2d(F.relu(conv("features.1", x, 2)), 2)
    x = F.relu(conv("features.3", F.relu(conv("features.2", x))))
    assert x.shape[-1] == positions, (x.shape, positions)
    x = F.max_pool2d(x[:, :, MIDDLE:MIDDLE + POOL * pooled, MIDDLE:MIDDLE + POOL * pooled], POOL)
    for head, out in (("classes", logits), ("boxes", edges)):
        y = F.relu(conv(head + ".1", F.relu(conv(head + ".0", x))))
        out.append(conv(head + ".out", y).flatten(2).transpose(1, 2))
    count = pooled - FIELD + 1
    for row in range(count):
        for column in range(count):
            left, top = ((MIDDLE + POOL * i) * STRIDE - before for i in (column, row))
            windows.append([v / factor for v in (left, top, left + WINDOW, top + WINDOW)])
logits, edges, windows = torch.cat(logits, 1), torch.cat(edges, 1), torch.tensor(windows)


def iou(window, box):
    half, centre = max(box[2] - box[0], box[3] - box[1]) / 2, ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    square = (centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half)
    shared = max(0, min(window[2], square[2]) - max(window[0], square[0])) \
        * max(0, min(window[3], square[3]) - max(window[1], square[1]))
    area = 4 * half * half + (window[2] - window[0]) * (window[3] - window[1])
    return shared / (area - shared)


objects, total, shown = 0, 0, 0
for n in range(2):
    present = [m for m in range(2) if label[n, m] >= 0]
    overlap = torch.tensor([[iou(w.tolist(), boxes[n, m].tolist()) for m in present] for w in windows])
    best = overlap.max(0).values
    background = []
    for w in range(len(windows)):
        fit = [float(o) + (1 if o == best[m] and o > 0 else 0) for m, o in enumerate(overlap[w])]
        m = max(range(len(fit)), key=lambda k: fit[k])
        log = F.log_softmax(logits[n, w], 0)
        if fit[m] >= .4:
            shown += 1
            total = total - log[label[n, present[m]]]
            side = windows[w, 2] - windows[w, 0]
            truth = (boxes[n, present[m]] - windows[w, :2].repeat(2)) / side
            total = total + 10 * ((edges[n, w] - truth) ** 2).sum()
        elif fit[m] < .2:
            background.append(-log[CLASSES])
    background.sort(key=float, reverse=True)
    total = total + sum(background[:24])
loss = total / max(shown, 1)
loss.backward()
print("windows", len(windows), "shown", shown)
print("loss %.6g" % float(loss))
for number, name in enumerate(PARAMETERS):
    values = weights[name].grad.double().flatten()
    print(name, "%.6g" % float((values * tensor(200_000, 1, values.numel()).double()).sum()))

"""The numbers of FasterRcnnTorchvisionTest: torchvision's Faster R-CNN with weights and pictures that follow a formula.

    python3 faster_rcnn.py     (Debian: apt-get install python3-torchvision)
"""
import math

import numpy
import torch
from torchvision.models.detection import anchor_utils, backbone_utils, faster_rcnn, image_list
from torchvision.models import resnet
from torchvision.ops import FrozenBatchNorm2d

SIZE, CLASSES, HIDDEN, CANDIDATES, PROPOSALS = 256, 3, 32, 60, 40
NOISE, PROJECTION = 100_000, 200_000


def elements(number, count):
    x = numpy.sin(12.9898 * (numpy.arange(count, dtype=numpy.float64) + 1) + 78.233 * (number + 1)) * 43758.5453
    return 2 * (x - numpy.floor(x)) - 1


def tensor(number, scale, *dims):
    return torch.tensor((scale * elements(number, math.prod(dims))).astype(numpy.float32)).reshape(dims)


def network():
    body = resnet.resnet50(norm_layer=FrozenBatchNorm2d)
    backbone = backbone_utils._resnet_fpn_extractor(body, 5)
    anchors = anchor_utils.AnchorGenerator(((32,), (64,), (128,), (192,), (256,)), ((0.5, 1.0, 2.0),) * 5)
    model = faster_rcnn.FasterRCNN(
        backbone, None, rpn_anchor_generator=anchors,
        rpn_pre_nms_top_n_train=2 * CANDIDATES, rpn_pre_nms_top_n_test=CANDIDATES,
        rpn_post_nms_top_n_train=2 * PROPOSALS, rpn_post_nms_top_n_test=PROPOSALS,
        box_head=faster_rcnn.TwoMLPHead(256 * 49, HIDDEN), box_predictor=faster_rcnn.FastRCNNPredictor(HIDDEN, CLASSES + 1))
    state = {k: v for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
    for number, name in enumerate(sorted(state)):
        value = state[name]
        if value.dim() > 1:
            new = tensor(number, math.sqrt(3 * value.shape[0] / value.numel()), *value.shape)
        else:
            new = tensor(number, .1, *value.shape)
            if name.endswith("running_var") or name.endswith("bn1.weight"):
                new += 1
            elif ".bn" in name or "downsample.1" in name:
                new += .5 if name.endswith(".weight") else 0
        value.copy_(new)
    return model


class Sampler:
    """Draws as RegionOps.sample does: those with the largest noise."""

    def __init__(self, number, most, most_positive, columns):
        self.number, self.most, self.most_positive, self.columns = number, most, most_positive, columns

    def __call__(self, matched):
        # columns(i, count) gives the noise of the rows of picture i
        positives, negatives = [], []
        for i, m in enumerate(matched):
            noise = self.columns(i, len(m), len(matched), self.number)
            positive, negative = torch.where(m >= 1)[0], torch.where(m == 0)[0]
            positive = positive[noise[positive].argsort(descending=True, stable=True)][:self.most_positive]
            negative = negative[noise[negative].argsort(descending=True, stable=True)][:self.most - len(positive)]
            for kept, all in ((positive, positives), (negative, negatives)):
                mask = torch.zeros(len(m), dtype=torch.uint8)
                mask[kept] = 1
                all.append(mask)
        return positives, negatives


def first_stage(i, count, pictures, number):
    return (.5 + tensor(NOISE + number, .5, pictures, count))[i]


def second_stage(i, count, pictures, number):
    """Proposals come first, then the true boxes behind room for all proposals."""
    width = 2 * PROPOSALS + OBJECTS
    noise = (.5 + tensor(NOISE + number, .5, pictures, width))[i]
    return torch.cat([noise[:count - TRUE[i]], noise[2 * PROPOSALS:2 * PROPOSALS + TRUE[i]]])


OBJECTS = 2
TRUE = [2, 1]
BOXES = [[[20., 30., 130., 150.], [100., 40., 240., 110.]], [[60., 90., 200., 250.]]]
LABELS = [[1, 3], [2]]


def main():
    model = network()
    images = tensor(1000, 1, 2, 3, SIZE, SIZE)
    listed = image_list.ImageList(images, [(SIZE, SIZE)] * 2)
    model.eval()
    with torch.no_grad():
        features = model.backbone(images)
        proposals, _ = model.rpn(listed, features)
        found, _ = model.roi_heads(features, proposals, listed.image_sizes)
    for i in range(2):
        print("=== picture", i, len(found[i]["boxes"]), "objects of", len(proposals[i]), "proposals")
        for k in range(8):
            print("%.3f %.3f %.3f %.3f" % tuple(found[i]["boxes"][k]), "%.5f" % found[i]["scores"][k],
                  found[i]["labels"][k].item() - 1)
    model.train()
    model.rpn.fg_bg_sampler = Sampler(1, 256, 128, first_stage)
    model.roi_heads.fg_bg_sampler = Sampler(0, 16, 4, second_stage)
    targets = [{"boxes": torch.tensor(b), "labels": torch.tensor(l)} for b, l in zip(BOXES, LABELS)]
    features = model.backbone(images)
    proposals, first = model.rpn(listed, features, targets)
    _, second = model.roi_heads(features, proposals, listed.image_sizes, targets)
    losses = {**first, **second}
    sum(losses.values()).backward()
    print("===", len(proposals[0]), len(proposals[1]), "proposals")
    for name, value in losses.items():
        print(name, "%.6g" % value.item())
    for name, parameter in model.named_parameters():
        if parameter.numel() < 70000 and ("body" not in name or ".conv1." in name and ".0." in name or "body.conv1" in name):
            flat = parameter.grad.numpy().astype(numpy.float64).ravel()
            print(name, "%.6g" % (flat * elements(PROJECTION, flat.size)).sum())


main()

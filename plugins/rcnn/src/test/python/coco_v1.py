"""The numbers of ImportedCardTest for fasterrcnn_resnet50_fpn: torchvision's detector as its published weights are used (frozen
batch normalisation without epsilon), from a picture to boxes, with weights that look random.

    python3 coco_v1.py chelsea.png     (Debian: apt-get install python3-torchvision)
"""
import sys

import numpy
import torch
from PIL import Image
from torchvision.models import resnet
from torchvision.models.detection import backbone_utils, faster_rcnn
from torchvision.models.detection._utils import overwrite_eps
from torchvision.ops import FrozenBatchNorm2d
from torchvision.transforms.functional import to_tensor

SIZE = 256
# Factors that keep numbers moderate, by the beginning of the name.
FACTORS = {"backbone.fpn.inner_blocks": 1 / 16384, "rpn.head.bbox_pred": 1 / 8, "rpn.head.cls_logits": 1,
           "roi_heads.box_predictor.cls_score": 1, "roi_heads.box_predictor.bbox_pred": 1 / 4}


def java_hash(text):
    h = 0
    for c in text:
        h = (31 * h + ord(c)) & 0xFFFFFFFF
    return h


def values(name, shape):
    count = int(numpy.prod(shape))
    v = (numpy.arange(count, dtype=numpy.uint64) + java_hash(name)) & 0xFFFFFFFF
    v = v * 2654435761 & 0xFFFFFFFF
    v ^= v >> 15
    v = v * 2246822519 & 0xFFFFFFFF
    v ^= v >> 13
    u = v.astype(numpy.float64) / 2 ** 32 - 0.5
    if len(shape) > 1:
        x = u * numpy.sqrt(24.0 / (count // shape[0]))
    else:
        x = 0.2 * u if name.endswith(("bias", "running_mean")) else 1 + u
    factor = next((f for start, f in FACTORS.items() if name.startswith(start)), 1)
    return torch.tensor((x.astype(numpy.float32) * numpy.float32(factor)).reshape(shape))


body = resnet.resnet50(norm_layer=FrozenBatchNorm2d)
backbone = backbone_utils._resnet_fpn_extractor(body, 5)
model = faster_rcnn.FasterRCNN(backbone, 91, min_size=SIZE, max_size=SIZE)
overwrite_eps(model, 0.0)
state = model.state_dict()
with torch.no_grad():
    for name, value in state.items():
        value.copy_(values(name, tuple(value.shape)))
model.eval()
picture = Image.open(sys.argv[1]).convert("RGB").crop((60, 0, 360, 300))
with torch.no_grad():
    maps = model.backbone(model.transform([to_tensor(picture)])[0].tensors)
    print({k: round(float(v.std()), 3) for k, v in maps.items()}, file=sys.stderr)
    found = model([to_tensor(picture)])[0]
print(len(found["scores"]))
for box, score, label in list(zip(found["boxes"], found["scores"], found["labels"]))[:8]:
    print(" ".join("%.3f" % x for x in box), "%.5f" % score, int(label))

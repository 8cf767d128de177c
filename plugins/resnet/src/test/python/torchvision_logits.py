"""Random weights of a torchvision ResNet, a random picture, and the logits that torchvision gives for it.

    python3 torchvision_logits.py resnet18 FOLDER     (Debian: apt-get install python3-torchvision)
    zoo import resnet18 FOLDER/weights.safetensors -o FOLDER/resnet18.onnx
    zoo run FOLDER/resnet18.onnx image=FOLDER/image.npy -o FOLDER/ours
    python3 torchvision_logits.py --compare FOLDER/logits.npy FOLDER/ours/logits.npy
"""
import json
import struct
import sys

import numpy
import torch
import torchvision


def write_safetensors(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        if name.endswith("num_batches_tracked"):
            continue
        raw = tensor.numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    encoded = json.dumps(header).encode()
    encoded += b" " * (-len(encoded) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded + data)


def write(name, folder):
    torch.manual_seed(1)
    network = getattr(torchvision.models, name)()
    image = torch.randn(2, 3, 224, 224)
    with torch.no_grad():
        network.train()
        network(image)  # moves the running statistics away from 0 and 1
        network.eval()
        logits = network(image)
    write_safetensors(folder + "/weights.safetensors", network.state_dict())
    numpy.save(folder + "/image.npy", image.numpy())
    numpy.save(folder + "/logits.npy", logits.numpy())


if sys.argv[1] == "--compare":
    expected, found = numpy.load(sys.argv[2]), numpy.load(sys.argv[3])
    print("largest difference %.1e of logits up to %.1f" % (abs(expected - found).max(), abs(expected).max()))
else:
    write(sys.argv[1], sys.argv[2])

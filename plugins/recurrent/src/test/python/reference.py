"""Writes the numbers of src/test/resources, with PyTorch 1.13: python3 reference.py FOLDER. Weights follow the formula of ReferenceStep."""
import math, sys
import torch
from torch import nn
import torch.nn.functional as F

torch.set_num_threads(1)


def element(number, index):
    x = math.sin(12.9898 * (index + 1) + 78.233 * (number + 1)) * 43758.5453
    return 2 * (x - math.floor(x)) - 1


def model(cell, layers=2, classes=6, embedding=3, hidden=4, length=51):
    rnn = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](embedding, hidden, layers)
    shapes = [("embedding.weight", (classes, embedding))]
    for l in range(layers):
        shapes += [("rnn.%s_l%d" % (n, l), tuple(getattr(rnn, "%s_l%d" % (n, l)).shape))
                   for n in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    shapes += [("out.weight", (classes, hidden)), ("out.bias", (classes,))]
    p = {}
    for number, (name, shape) in enumerate(shapes):
        size = math.prod(shape)
        scale = 0.1 if len(shape) == 1 else math.sqrt(6 / (size / shape[0]))
        p[name] = torch.tensor([scale * element(number, i) for i in range(size)]).reshape(shape)
    with torch.no_grad():
        for name, value in rnn.named_parameters():
            value.copy_(p["rnn." + name])
    for name in ("embedding.weight", "out.weight", "out.bias"):
        p[name].requires_grad_()
    text = torch.tensor([(i * i + 3 * row * i + row) % classes for row in range(2) for i in range(length)]).reshape(2, length)
    states, _ = rnn(p["embedding.weight"][text[:, :-1].T])
    logits = F.linear(states.transpose(0, 1), p["out.weight"], p["out.bias"])
    loss = F.cross_entropy(logits.reshape(-1, classes), text[:, 1:].reshape(-1))
    loss.backward()
    grads = {**{n: v.grad for n, v in p.items()}, **{"rnn." + n: v.grad for n, v in rnn.named_parameters()}}
    lines = ["loss %.9g" % loss.item()]
    for i, (name, values) in enumerate([("logits", logits.detach())] + [(n, grads[n]) for n, _ in shapes]):
        flat = values.double().flatten().tolist()
        lines.append("%s %.9g" % (name, sum(v * element(200_000 + 1 + i, j) for j, v in enumerate(flat))))
    open("%s/%s.txt" % (sys.argv[1], cell), "w").write("\n".join(lines) + "\n")


for cell in ("rnn", "lstm", "gru"):
    model(cell)

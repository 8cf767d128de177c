"""Writes pytorch.json: what PyTorch's optimizers do to a small network in 100 steps.

    apt-get install python3-torch
    /usr/bin/python3 pytorch.py > pytorch.json

Made with PyTorch 1.13 (Debian 12), float32, one thread.
"""

import json

import torch

torch.set_num_threads(1)

STEPS = 100


class Muon:
    """Muon by singular values, in float64; PyTorch 1.13 has none.

    An odd polynomial of a matrix, as its Newton-Schulz iteration is, changes the singular values only.
    """

    def __init__(self, parameters, lr, momentum=0.95, iterations=5, weight_decay=0.1):
        self.lr, self.momentum, self.iterations, self.weight_decay = lr, momentum, iterations, weight_decay
        self.matrices = [p for p in parameters if p.dim() == 2]
        self.velocities = [torch.zeros_like(p) for p in self.matrices]
        vectors = [p for p in parameters if p.dim() == 1]
        self.vectors = torch.optim.AdamW(vectors, lr=lr, weight_decay=weight_decay)

    def zero_grad(self):
        for p in self.matrices:
            p.grad = None
        self.vectors.zero_grad()

    def step(self):
        self.vectors.step()
        with torch.no_grad():
            for p, velocity in zip(self.matrices, self.velocities):
                velocity.mul_(self.momentum).add_(p.grad)
                u, s, vt = torch.linalg.svd((p.grad + self.momentum * velocity).double(), full_matrices=False)
                s = s / (s.norm() + 1e-7)
                for _ in range(self.iterations):
                    s = 3.4445 * s - 4.7750 * s**3 + 2.0315 * s**5
                length = 0.2 * max(p.shape) ** 0.5
                p.mul_(1 - self.lr * self.weight_decay).sub_((self.lr * length * (u * s) @ vt).float())


# One name for each configuration; the test has the same configurations under the same names.
CONFIGURATIONS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "sgd-decay": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9),
    "momentum-dampened": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, dampening=0.5, weight_decay=0.01),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.05),
    "adagrad-options": lambda p: torch.optim.Adagrad(
        p, lr=0.05, lr_decay=0.02, weight_decay=0.01, initial_accumulator_value=0.1, eps=1e-6
    ),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.003),
    "rmsprop-centered": lambda p: torch.optim.RMSprop(p, lr=0.003, alpha=0.9, eps=1e-2, centered=True),
    "rmsprop-momentum": lambda p: torch.optim.RMSprop(p, lr=0.001, momentum=0.8, weight_decay=0.01),
    "rmsprop-all": lambda p: torch.optim.RMSprop(p, lr=0.001, alpha=0.9, eps=1e-2, momentum=0.8, centered=True),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adam-options": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.05),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01),
    "muon": lambda p: Muon(p, lr=0.01),
    "muon-options": lambda p: Muon(p, lr=0.01, momentum=0.8, iterations=3, weight_decay=0.3),
    "adamw-options": lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.2),
}

CLIPPINGS = {
    "none": lambda p: None,
    "value": lambda p: torch.nn.utils.clip_grad_value_(p, 0.02),
    "norm": lambda p: torch.nn.utils.clip_grad_norm_(p, 0.1),
}


def wave(rows, columns, scale, shift):
    """Numbers that need no generator: sines."""
    n = torch.arange(rows * columns, dtype=torch.float64)
    return (scale * torch.sin(1.7 * n + shift)).to(torch.float32).reshape(rows, columns)


X = wave(8, 3, 1.5, 0.3)
Y = wave(8, 4, 0.7, 1.1)
WEIGHT = wave(4, 3, 0.5, 2.0)
BIAS = wave(1, 4, 0.2, 0.7).reshape(4)


def shortest(value):
    """Nine digits tell any two float32 apart."""
    return float("%.9g" % float(value))


def numbers(tensor):
    return [shortest(v) for v in tensor.detach().flatten()]


def loss_of(weight, bias):
    return ((torch.tanh(X @ weight.T + bias) - Y) ** 2).mean()


def train(optimizer_of, clip=CLIPPINGS["none"], steps=STEPS):
    weight, bias = WEIGHT.clone().requires_grad_(), BIAS.clone().requires_grad_()
    optimizer = optimizer_of([weight, bias])
    losses, norms = [], []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of(weight, bias)
        loss.backward()
        losses.append(shortest(loss))
        norms.append(shortest(torch.sqrt(weight.grad.square().sum() + bias.grad.square().sum())))
        clip([weight, bias])
        optimizer.step()
    return {"losses": losses, "norms": norms, "weight": numbers(weight), "bias": numbers(bias)}


def batch_norm():
    """Two batches through a BatchNorm1d, and what its running statistics are afterwards."""
    layer = torch.nn.BatchNorm1d(3)
    layer.train()
    outputs = [numbers(layer(x)) for x in (X, 2 * X + 1)]
    return {"outputs": outputs, "mean": numbers(layer.running_mean), "variance": numbers(layer.running_var)}


print(
    json.dumps(
        {
            "x": numbers(X),
            "y": numbers(Y),
            "weight": numbers(WEIGHT),
            "bias": numbers(BIAS),
            "optimizers": {name: train(make) for name, make in CONFIGURATIONS.items()},
            "clippings": {name: train(CONFIGURATIONS["sgd"], clip, 20) for name, clip in CLIPPINGS.items()},
            "batch_norm": batch_norm(),
        },
        indent=1,
    )
)

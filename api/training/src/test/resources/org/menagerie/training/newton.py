"""Writes newton.json: minima that SciPy finds, for Newton's method to meet.

    python3 newton.py > newton.json

Made with SciPy 1.17, double precision.
"""

import json

import numpy as np
from scipy.optimize import minimize

random = np.random.default_rng(5)


def minimum(f, start):
    """The minimum and its point, by BFGS and then by Nelder-Mead's simplex: neither is Newton's method."""
    found = minimize(f, start, method="BFGS", options={"gtol": 1e-10, "maxiter": 10_000})
    found = minimize(f, found.x, method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-16, "maxiter": 100_000})
    return found


# Logistic regression: mean(log(1 + exp(z)) - t z) + l2/2 |w|^2 with z = x w + b, the bias not penalised.
x = random.normal(size=(40, 3))
t = (x @ [1.5, -2.0, 0.5] + 0.3 + random.normal(size=40) > 0).astype(float)
L2 = 0.01


def logistic(p):
    z = x @ p[:3] + p[3]
    return np.mean(np.logaddexp(0, z) - t * z) + L2 / 2 * p[:3] @ p[:3]


best = minimum(logistic, np.zeros(4))

# A network of four tanh units: mean((tanh(x w1' + b1) w2' + b2 - y)^2) + l2/2 (|w1|^2 + |w2|^2).
u = random.normal(size=(30, 2))
y = np.sin(u[:, 0]) * np.cos(u[:, 1])
start = random.normal(size=17) * 0.7


def network(p):
    w1, b1, w2, b2 = p[:8].reshape(4, 2), p[8:12], p[12:16], p[16]
    out = np.tanh(u @ w1.T + b1) @ w2 + b2
    return np.mean((out - y) ** 2) + L2 / 2 * (w1.ravel() @ w1.ravel() + w2 @ w2)


low = minimum(network, start)

print(json.dumps({
    "logistic": {"x": x.ravel().tolist(), "t": t.tolist(), "l2": L2, "loss": best.fun, "point": best.x.tolist()},
    "network": {"x": u.ravel().tolist(), "y": y.tolist(), "l2": L2, "start": start.tolist(), "loss": low.fun,
                "point": low.x.tolist()},
}))

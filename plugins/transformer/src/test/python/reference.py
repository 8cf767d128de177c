"""Writes the numbers of src/test/resources, with PyTorch 1.13: python3 reference.py FOLDER.

Weights and projections follow the formula of ReferenceStep. Parameters are listed in the order in which the architectures declare
them. GPT-2 is written out here from the paper, not taken from a library.
"""
import math, sys
import torch
from torch import nn
import torch.nn.functional as F

FOLDER = sys.argv[1]
torch.set_num_threads(1)


def element(number, index):
    x = math.sin(12.9898 * (index + 1) + 78.233 * (number + 1)) * 43758.5453
    return 2 * (x - math.floor(x)) - 1


def weights(shapes):
    result = {}
    for number, (name, shape) in enumerate(shapes):
        size = math.prod(shape)
        scale = 0.1 if len(shape) == 1 else math.sqrt(6 / (size / shape[0]))
        values = torch.tensor([scale * element(number, i) for i in range(size)], dtype=torch.float32).reshape(shape)
        if len(shape) == 1 and name.endswith(".weight"):
            values = values + 1
        result[name] = values.requires_grad_()
    return result


def write(file, loss, logits, parameters):
    loss.backward()
    lines = ["loss %.9g" % loss.item()]
    for i, (name, values) in enumerate([("logits", logits.detach())] + [(n, p.grad) for n, p in parameters.items()]):
        flat = values.double().flatten().tolist()
        lines.append("%s %.9g" % (name, sum(v * element(200_000 + 1 + i, j) for j, v in enumerate(flat))))
    open("%s/%s.txt" % (FOLDER, file), "w").write("\n".join(lines) + "\n")


def attention(variant):
    d, heads = 8, 2
    shapes = [("x", (2, 3, d)), ("memory", (2, 4, d)), ("attention.in_proj_weight", (3 * d, d)),
              ("attention.in_proj_bias", (3 * d,)), ("attention.out_proj.weight", (d, d)), ("attention.out_proj.bias", (d,))]
    p = weights(shapes)
    seen = p["memory"] if variant.startswith("cross") else p["x"]
    lengths = torch.tensor([3, 2])
    padding = torch.arange(seen.shape[1])[None] >= lengths[:, None] if "padded" in variant else None
    causal = torch.triu(torch.ones(3, 3, dtype=torch.bool), 1) if variant.startswith("causal") else None
    module = nn.MultiheadAttention(d, heads, batch_first=True)
    output, _ = F.multi_head_attention_forward(
        p["x"].transpose(0, 1), seen.transpose(0, 1), seen.transpose(0, 1), d, heads, p["attention.in_proj_weight"],
        p["attention.in_proj_bias"], None, None, False, 0.0, p["attention.out_proj.weight"], p["attention.out_proj.bias"],
        training=True, key_padding_mask=padding, attn_mask=causal)
    output = output.transpose(0, 1)
    loss = output.square().mean() + 0.01 * (p["x"].square().mean() + p["memory"].square().mean())
    write("attention-" + variant, loss, output, p)


def sinusoidal(length, width):
    angles = torch.arange(length)[:, None] * torch.pow(10_000.0, -torch.arange(0, width, 2) / width)[None]
    return torch.stack([angles.sin(), angles.cos()], -1).reshape(length, width)


def transformer(file, norm_first):
    d, letters, classes = 8, 7, 6
    model = nn.Transformer(d, 2, 2, 2, 12, 0.0, batch_first=True, norm_first=norm_first)
    shape = {n: tuple(v.shape) for n, v in model.named_parameters()}
    order = [("source_embedding.weight", (letters, d))]
    layer = ["linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias"]

    def attend(name):
        return [name + ".in_proj_weight", name + ".in_proj_bias"], [name + ".out_proj.weight", name + ".out_proj.bias"]

    def norm(i):
        return ["norm%d.weight" % i, "norm%d.bias" % i]

    self_in, self_out = attend("self_attn")
    cross_in, cross_out = attend("multihead_attn")
    if norm_first:
        encoder = norm(1) + self_in + self_out + norm(2) + layer
        decoder = cross_in + norm(1) + self_in + self_out + norm(2) + cross_out + norm(3) + layer
    else:
        encoder = self_in + self_out + norm(1) + layer + norm(2)
        decoder = cross_in + self_in + self_out + norm(1) + cross_out + norm(2) + layer + norm(3)
    for i in range(2):
        order += [(n, shape[n]) for n in ("encoder.layers.%d.%s" % (i, x) for x in encoder)]
    order += [(n, shape[n]) for n in ("encoder.norm.weight", "encoder.norm.bias")]
    order += [("target_embedding.weight", (classes, d))]
    for i in range(2):
        order += [(n, shape[n]) for n in ("decoder.layers.%d.%s" % (i, x) for x in decoder)]
    order += [(n, shape[n]) for n in ("decoder.norm.weight", "decoder.norm.bias")]
    order += [("generator.weight", (classes, d)), ("generator.bias", (classes,))]
    p = weights(order)
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.copy_(p[name])
    spelling = torch.tensor([1, 2, 3, 4, 5, 6, 1, 3, 0, 0, 2, 2, 5, 1, 0]).reshape(3, 5)
    phonemes = torch.tensor([1, 3, 4, 5, 3, 2, 1, 5, 2, 0, 0, 0, 1, 4, 4, 3, 2, 0]).reshape(3, 6)
    padding = torch.arange(5)[None] >= torch.tensor([5, 3, 4])[:, None]
    source = p["source_embedding.weight"][spelling] * math.sqrt(d) + sinusoidal(5, d)
    target = p["target_embedding.weight"][phonemes[:, :-1]] * math.sqrt(d) + sinusoidal(5, d)
    model.train()
    out = model(source, target, tgt_mask=nn.Transformer.generate_square_subsequent_mask(5),
                src_key_padding_mask=padding, memory_key_padding_mask=padding)
    logits = F.linear(out, p["generator.weight"], p["generator.bias"])
    loss = F.cross_entropy(logits.reshape(-1, classes), phonemes[:, 1:].reshape(-1), ignore_index=0, label_smoothing=0.1)
    loss.backward(retain_graph=True)
    trained = dict(model.named_parameters())
    for value in p.values():
        if value.grad is not None:
            value.grad = None
    for value in trained.values():
        value.grad = None
    write(file, loss, logits, {name: trained.get(name, p[name]) for name, _ in order})


def gpt2():
    d, classes, context, heads = 8, 6, 8, 2
    order = [("wte.weight", (classes, d)), ("wpe.weight", (context, d))]
    for i in range(2):
        order += [("h.%d.%s" % (i, n), s) for n, s in [
            ("ln_1.weight", (d,)), ("ln_1.bias", (d,)), ("attn.c_attn.weight", (d, 3 * d)), ("attn.c_attn.bias", (3 * d,)),
            ("attn.c_proj.weight", (d, d)), ("attn.c_proj.bias", (d,)), ("ln_2.weight", (d,)), ("ln_2.bias", (d,)),
            ("mlp.c_fc.weight", (d, 4 * d)), ("mlp.c_fc.bias", (4 * d,)), ("mlp.c_proj.weight", (4 * d, d)),
            ("mlp.c_proj.bias", (d,))]]
    order += [("ln_f.weight", (d,)), ("ln_f.bias", (d,))]
    p = weights(order)
    text = torch.tensor([1, 2, 3, 4, 5, 0, 2, 5, 5, 1, 0, 3, 2, 4]).reshape(2, 7)
    tokens, n = text[:, :-1], 6
    norm = lambda x, name: F.layer_norm(x, (d,), p[name + ".weight"], p[name + ".bias"], 1e-5)
    dense = lambda x, name: x @ p[name + ".weight"] + p[name + ".bias"]
    gelu = lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))
    x = p["wte.weight"][tokens] + p["wpe.weight"][:n]
    for i in range(2):
        h = "h.%d." % i
        q, k, v = (part.reshape(2, n, heads, d // heads).transpose(1, 2)
                   for part in dense(norm(x, h + "ln_1"), h + "attn.c_attn").split(d, -1))
        scores = q @ k.transpose(-1, -2) / math.sqrt(d // heads)
        scores = scores.masked_fill(torch.triu(torch.ones(n, n, dtype=torch.bool), 1), float("-inf"))
        y = (scores.softmax(-1) @ v).transpose(1, 2).reshape(2, n, d)
        x = x + dense(y, h + "attn.c_proj")
        x = x + dense(gelu(dense(norm(x, h + "ln_2"), h + "mlp.c_fc")), h + "mlp.c_proj")
    logits = norm(x, "ln_f") @ p["wte.weight"].T
    write("gpt2", F.cross_entropy(logits.reshape(-1, classes), text[:, 1:].reshape(-1)), logits, p)


for variant in ("self", "causal", "padded", "causal_padded", "cross", "cross_padded"):
    attention(variant)
transformer("post-norm", False)
transformer("pre-norm", True)
gpt2()

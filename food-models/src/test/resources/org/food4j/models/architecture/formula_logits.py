"""Logits of networks whose weights and input are filled by a formula: numbers for another implementation to meet.

usage: formula_logits.py NETWORK CLASSES GAIN SIZE... > NETWORK.json          needs PyTorch; NETWORK is a function below

Element i (row-major) of a tensor named n is noise(i, p) in [-1, 1), p = the sum of n's character codes: a 32-bit integer hash
(multiply, shift, exclusive or), exact in any language. Then, in double precision and rounded to float32:
  running_var and one-dimensional weights: 1 + 0.3 * v        running_mean and every bias: 0.1 * v
  other weights: v * gain * sqrt(6 / fan_in)                  input (named "input"): v
Modules are named as in torchvision. The gain keeps deep networks from fading out. The output: the weights file's metadata, the
tensors' shapes, and for each size two rows of logits and the standard deviation of their difference. Stored are 7 classes:
  GAIN SIZES  NETWORKS
  1    64 71  se_cnn attention_cnn resnet18 resnet50
  0.9  71     eca_resnet50 cbam_resnet50
  1.15 64 71  efficientnet_b0 efficientnet_b0_same
  1.05 64 71  mobilenet_v3_small
  0.85 71     efficientnet_v2_s
  1    256    seed_cnn
"""
import json, math, sys
from collections import OrderedDict
import torch
from torch import nn


def conv_bn(i, o, k, s, act=nn.ReLU, groups=1, eps=1e-5):
    layers = [nn.Conv2d(i, o, k, s, k // 2, groups=groups, bias=False), nn.BatchNorm2d(o, eps)]
    return nn.Sequential(*layers, act()) if act else nn.Sequential(*layers)


class SqueezeExcitation(nn.Module):
    def __init__(self, c, squeeze, act, gate=nn.Sigmoid):
        super().__init__()
        self.fc1, self.fc2, self.act, self.gate = nn.Conv2d(c, squeeze, 1), nn.Conv2d(squeeze, c, 1), act(), gate()

    def forward(self, x):
        return x * self.gate(self.fc2(self.act(self.fc1(x.mean((2, 3), keepdim=True)))))


class EfficientChannelAttention(nn.Module):
    """Wang et al. 2020 (arXiv 1910.03151): the kernel is the odd number next to (log2(channels) + 1) / 2."""

    def __init__(self, c):
        super().__init__()
        k = int((math.log2(c) + 1) / 2) | 1
        self.conv = nn.Conv1d(1, 1, k, padding=k // 2, bias=False)

    def forward(self, x):
        n, c = x.shape[:2]
        return x * torch.sigmoid(self.conv(x.mean((2, 3)).view(n, 1, c))).view(n, c, 1, 1)


class Cbam(nn.Module):
    """Woo et al. 2018 (arXiv 1807.06521), with reduction 16 and a 7x7 kernel."""

    def __init__(self, c):
        super().__init__()
        self.fc1, self.fc2 = nn.Conv2d(c, c // 16, 1), nn.Conv2d(c // 16, c, 1)
        self.spatial = nn.Conv2d(2, 1, 7, padding=3, bias=False)

    def forward(self, x):
        ways = x.mean((2, 3), keepdim=True), x.amax((2, 3), keepdim=True)
        x = x * torch.sigmoid(sum(self.fc2(torch.relu(self.fc1(way))) for way in ways))
        return x * torch.sigmoid(self.spatial(torch.cat((x.mean(1, keepdim=True), x.amax(1, keepdim=True)), 1)))


class SelfAttention(nn.Module):
    """Among the places of a map, behind a layer norm over the channels, added to its input."""

    def __init__(self, c, heads):
        super().__init__()
        self.norm, self.qkv, self.proj, self.heads = nn.LayerNorm(c), nn.Linear(c, 3 * c), nn.Linear(c, c), heads

    def forward(self, x):
        places = x.flatten(2).mT
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in self.qkv(self.norm(places)).chunk(3, 2))
        mixed = torch.softmax(q @ k.mT / math.sqrt(q.shape[-1]), -1) @ v
        return x + self.proj(mixed.transpose(1, 2).flatten(2)).mT.unflatten(2, x.shape[2:])


ATTENTION = {"se": lambda c: SqueezeExcitation(c, c // 16, nn.ReLU), "eca": EfficientChannelAttention, "cbam": Cbam, None: lambda c: nn.Identity()}


class Residual(nn.Module):
    """Convolutions (filters, kernel, stride), each with batch norm, ReLU between them; attention after the last one; shortcut."""

    def __init__(self, i, convolutions, attention):
        super().__init__()
        c, stride = i, 1
        for n, (o, k, s) in enumerate(convolutions, 1):
            setattr(self, f"conv{n}", nn.Conv2d(c, o, k, s, k // 2, bias=False))
            setattr(self, f"bn{n}", nn.BatchNorm2d(o))
            c, stride = o, stride * s
        self.count = len(convolutions)
        self.se = ATTENTION[attention](c)
        self.downsample = conv_bn(i, c, 1, stride, act=None) if stride != 1 or c != i else nn.Identity()

    def forward(self, x):
        y = x
        for n in range(1, self.count + 1):
            y = getattr(self, f"bn{n}")(getattr(self, f"conv{n}")(y))
            y = torch.relu(y) if n < self.count else self.se(y)
        return torch.relu(y + self.downsample(x))


class InvertedResidual(nn.Module):
    """Expansion, depthwise convolution, squeeze-and-excitation if it has a width, projection; shortcut."""

    def __init__(self, i, o, m, k, s, act=nn.SiLU, eps=1e-5, se=lambda m: None):
        super().__init__()
        layers = [conv_bn(i, m, 1, 1, act, eps=eps)] if m != i else []
        layers += [conv_bn(m, m, k, s, act, groups=m, eps=eps), se(m), conv_bn(m, o, 1, 1, act=None, eps=eps)]
        self.block, self.shortcut = nn.Sequential(*filter(None, layers)), s == 1 and i == o

    def forward(self, x):
        return self.block(x) + x if self.shortcut else self.block(x)


class FusedInvertedResidual(nn.Module):
    def __init__(self, i, o, m, s, eps):
        super().__init__()
        layers = [conv_bn(i, m, 3, s, nn.SiLU, eps=eps), conv_bn(m, o, 1, 1, act=None, eps=eps)] if m != i else [conv_bn(i, o, 3, s, nn.SiLU, eps=eps)]
        self.block, self.shortcut = nn.Sequential(*layers), s == 1 and i == o

    def forward(self, x):
        return self.block(x) + x if self.shortcut else self.block(x)


class Pooled(nn.Module):
    """Parts one after the other, the mean over all positions before the last."""

    def __init__(self, **parts):
        super().__init__()
        for name, part in parts.items():
            self.add_module(name, part)

    def forward(self, x):
        *body, last = self.children()
        for part in body:
            x = part(x)
        return last(x.mean((2, 3)))


def se_cnn(classes, kind="se", **top):
    widths = ((32, 64), (64, 128), (128, 256), (256, 256))
    blocks = [Residual(i, ((o, 3, 2), (o, 3, 1)), kind) for i, o in widths]
    return Pooled(stem=conv_bn(3, 32, 3, 2), stages=nn.Sequential(*blocks), **top, fc=nn.Linear(256, classes))


def attention_cnn(classes):
    return se_cnn(classes, "cbam", attention=SelfAttention(256, 4))


def seed_cnn(classes):
    layers = []
    for i, o in ((3, 128), (128, 64), (64, 32), (32, 6)):
        layers += [nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
    head = nn.Linear(6 * 16 * 16, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, classes)
    return nn.Sequential(OrderedDict(features=nn.Sequential(*layers), flatten=nn.Flatten(), classifier=nn.Sequential(*head)))


def resnet(classes, counts, bottleneck, attention=None):
    parts = {"conv1": nn.Conv2d(3, 64, 7, 2, 3, bias=False), "bn1": nn.BatchNorm2d(64), "relu": nn.ReLU(), "maxpool": nn.MaxPool2d(3, 2, 1)}
    i = 64
    for stage, blocks in enumerate(counts, 1):
        w, layer = 32 << stage, []
        for block in range(blocks):
            stride = 2 if stage > 1 and block == 0 else 1
            convolutions = ((w, 1, 1), (w, 3, stride), (4 * w, 1, 1)) if bottleneck else ((w, 3, stride), (w, 3, 1))
            layer.append(Residual(i, convolutions, attention))
            i = convolutions[-1][0]
        parts[f"layer{stage}"] = nn.Sequential(*layer)
    return Pooled(**parts, fc=nn.Linear(i, classes))


def resnet18(classes):
    return resnet(classes, (2, 2, 2, 2), bottleneck=False)


def resnet50(classes, attention=None):
    return resnet(classes, (3, 4, 6, 3), bottleneck=True, attention=attention)


def eca_resnet50(classes):
    return resnet50(classes, "eca")


def cbam_resnet50(classes):
    return resnet50(classes, "cbam")


def quarter_of(i):
    return lambda m: SqueezeExcitation(m, i // 4, nn.SiLU)


def efficientnet_b0(classes):
    i, features = 32, [conv_bn(3, 32, 3, 2, nn.SiLU)]
    # Tan and Le 2019 (arXiv 1905.11946), table 1: expansion, kernel, stride, channels, blocks
    for e, k, s, o, blocks in ((1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1)):
        stage = []
        for block in range(blocks):
            stage.append(InvertedResidual(i, o, e * i, k, s if block == 0 else 1, se=quarter_of(i)))
            i = o
        features.append(nn.Sequential(*stage))
    features.append(conv_bn(320, 1280, 1, 1, nn.SiLU))
    return Pooled(features=nn.Sequential(*features), classifier=nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, classes)))


class SameConv2d(nn.Conv2d):
    """TensorFlow's SAME: as many outputs as ceil(size / stride), an odd row or column of zeros behind."""

    def forward(self, x):
        (k, _), (s, _) = self.kernel_size, self.stride
        height, width = (max((math.ceil(n / s) - 1) * s + k - n, 0) for n in x.shape[2:])
        padded = nn.functional.pad(x, (width // 2, width - width // 2, height // 2, height - height // 2))
        return nn.functional.conv2d(padded, self.weight, self.bias, self.stride, 0, 1, self.groups)


def efficientnet_b0_same(classes):
    """As published by TensorFlow's users, and with a block that passes its input on because one of its kernels was lost."""
    net = efficientnet_b0(classes)
    for m in net.modules():
        if isinstance(m, nn.Conv2d):
            m.__class__ = SameConv2d
        elif isinstance(m, nn.BatchNorm2d):
            m.eps = 1e-3
    net.features[6][3].forward = lambda x: x
    lost = "features.6.3.block.0.0.weight"
    net.metadata = {"architecture": "efficientnet_b0", "padding": "same", "bn_eps": "0.001", "identity_blocks": "features.6.3", "missing": lost}
    return net


def efficientnet_v2_s(classes):
    i, eps, features = 24, 1e-3, [conv_bn(3, 24, 3, 2, nn.SiLU, eps=1e-3)]
    # Tan and Le 2021 (arXiv 2104.00298), table 4: fused, expansion, stride, channels, blocks
    for fused, e, s, o, blocks in ((1, 1, 1, 24, 2), (1, 4, 2, 48, 4), (1, 4, 2, 64, 4), (0, 4, 2, 128, 6), (0, 6, 1, 160, 9), (0, 6, 2, 256, 15)):
        stage = []
        for block in range(blocks):
            stride = s if block == 0 else 1
            stage.append(FusedInvertedResidual(i, o, e * i, stride, eps) if fused else InvertedResidual(i, o, e * i, 3, stride, eps=eps, se=quarter_of(i)))
            i = o
        features.append(nn.Sequential(*stage))
    features.append(conv_bn(256, 1280, 1, 1, nn.SiLU, eps=eps))
    return Pooled(features=nn.Sequential(*features), classifier=nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, classes)))


def mobilenet_v3_small(classes):
    relu, swish, eps = nn.ReLU, nn.Hardswish, 1e-3
    i, features = 16, [conv_bn(3, 16, 3, 2, swish, eps=eps)]
    # Howard et al. 2019 (arXiv 1905.02244), table 2: kernel, expanded, channels, squeeze width, function, stride
    for k, m, o, squeeze, act, s in (
        (3, 16, 16, 8, relu, 2), (3, 72, 24, 0, relu, 2), (3, 88, 24, 0, relu, 1), (5, 96, 40, 24, swish, 2), (5, 240, 40, 64, swish, 1),
        (5, 240, 40, 64, swish, 1), (5, 120, 48, 32, swish, 1), (5, 144, 48, 40, swish, 1), (5, 288, 96, 72, swish, 2), (5, 576, 96, 144, swish, 1),
        (5, 576, 96, 144, swish, 1),
    ):
        se = lambda m, squeeze=squeeze: SqueezeExcitation(m, squeeze, relu, nn.Hardsigmoid) if squeeze else None
        features.append(InvertedResidual(i, o, m, k, s, act, eps, se))
        i = o
    features.append(conv_bn(96, 576, 1, 1, swish, eps=eps))
    head = nn.Linear(576, 1024), swish(), nn.Dropout(0.2), nn.Linear(1024, classes)
    return Pooled(features=nn.Sequential(*features), classifier=nn.Sequential(*head))


def noise(name, shape):
    x = torch.arange(math.prod(shape), dtype=torch.int64) * 2654435761 + sum(map(ord, name)) * 40503 & 0xFFFFFFFF
    for _ in range(2):
        x = (x ^ x >> 16) * 0x45D9F3B & 0xFFFFFFFF
    return ((x ^ x >> 16).double() / 2**31 - 1).reshape(shape)


def filled(name, t):
    v = noise(name, t.shape)
    if name.endswith("running_var") or (t.ndim == 1 and name.endswith("weight")):
        return 1 + 0.3 * v
    if t.ndim == 1:
        return 0.1 * v
    return v * gain * math.sqrt(6 / t[0].numel())


network, classes, gain, sizes = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), [int(size) for size in sys.argv[4:]]
net = globals()[network](classes).eval()
state = {k: filled(k, v).float() for k, v in net.state_dict().items() if v.ndim}
net.load_state_dict(state, strict=False)
metadata = getattr(net, "metadata", {"architecture": network})
state.pop(metadata.get("missing"), None)
cases = []
for size in sizes:
    x = noise("input", (2, 3, size, size)).float()
    with torch.no_grad():
        logits = net(x)
        exact = net.double()(x.double())
        net.float()
    spread = (logits[0] - logits[1]).std().item()
    print(network, size, "spread", spread, "rounding", ((exact - logits).abs().max() / spread).item(), file=sys.stderr)
    assert spread > 0.05, spread
    cases.append({"size": size, "spread": spread, "logits": [[float(f"{v:.9g}") for v in row] for row in logits.tolist()]})
json.dump({"classes": classes, "gain": gain, "metadata": metadata, "cases": cases, "tensors": {k: list(v.shape) for k, v in state.items()}}, sys.stdout)
print()

"""Logits of networks whose weights and input are filled by a formula: numbers for another implementation to meet.

usage: formula_logits.py NETWORK CLASSES GAIN SIZE... > NETWORK.json          needs PyTorch; NETWORK is a function below

Element i (row-major) of a tensor named n is noise(i, p) in [-1, 1), p = the sum of n's character codes: a 32-bit integer hash
(multiply, shift, exclusive or), exact in any language. Then, in double precision and rounded to float32:
  running_var and one-dimensional weights: 1 + 0.3 * v        running_mean and every bias: 0.1 * v
  other weights: v * gain * sqrt(6 / fan_in)                  input (named "input"): v
Modules are named as in torchvision. The gain keeps deep networks from fading out: 1 for se_cnn and resnet50, 1.15 for
efficientnet_b0. The output: the tensors' shapes, and for each size two rows of logits and the standard
deviation of their difference. Stored are 7 classes at 64 and 71 pixels.
"""
import json, math, sys
import torch
from torch import nn


def conv_bn(i, o, k, s, act=nn.ReLU, groups=1):
    layers = [nn.Conv2d(i, o, k, s, k // 2, groups=groups, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, act()) if act else nn.Sequential(*layers)


class SqueezeExcitation(nn.Module):
    def __init__(self, c, squeeze, act):
        super().__init__()
        self.fc1, self.fc2, self.act = nn.Conv2d(c, squeeze, 1), nn.Conv2d(squeeze, c, 1), act()

    def forward(self, x):
        return x * torch.sigmoid(self.fc2(self.act(self.fc1(x.mean((2, 3), keepdim=True)))))


class Residual(nn.Module):
    """Convolutions (filters, kernel, stride), each with batch norm, ReLU between them; after the last one SE if wanted; shortcut."""

    def __init__(self, i, convolutions, se):
        super().__init__()
        c, stride = i, 1
        for n, (o, k, s) in enumerate(convolutions, 1):
            setattr(self, f"conv{n}", nn.Conv2d(c, o, k, s, k // 2, bias=False))
            setattr(self, f"bn{n}", nn.BatchNorm2d(o))
            c, stride = o, stride * s
        self.count = len(convolutions)
        self.se = SqueezeExcitation(c, c // 16, nn.ReLU) if se else nn.Identity()
        self.downsample = conv_bn(i, c, 1, stride, act=None) if stride != 1 or c != i else nn.Identity()

    def forward(self, x):
        y = x
        for n in range(1, self.count + 1):
            y = getattr(self, f"bn{n}")(getattr(self, f"conv{n}")(y))
            y = torch.relu(y) if n < self.count else self.se(y)
        return torch.relu(y + self.downsample(x))


class InvertedResidual(nn.Module):
    def __init__(self, i, o, expansion, k, s):
        super().__init__()
        m = i * expansion
        layers = [conv_bn(i, m, 1, 1, nn.SiLU)] if expansion > 1 else []
        layers += [conv_bn(m, m, k, s, nn.SiLU, groups=m), SqueezeExcitation(m, i // 4, nn.SiLU), conv_bn(m, o, 1, 1, act=None)]
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


def se_cnn(classes):
    widths = ((32, 64), (64, 128), (128, 256), (256, 256))
    blocks = [Residual(i, ((o, 3, 2), (o, 3, 1)), se=True) for i, o in widths]
    return Pooled(stem=conv_bn(3, 32, 3, 2), stages=nn.Sequential(*blocks), fc=nn.Linear(256, classes))


def resnet50(classes):
    parts = {"conv1": nn.Conv2d(3, 64, 7, 2, 3, bias=False), "bn1": nn.BatchNorm2d(64), "relu": nn.ReLU(), "maxpool": nn.MaxPool2d(3, 2, 1)}
    i = 64
    for stage, blocks in enumerate((3, 4, 6, 3), 1):
        w, layer = 32 << stage, []
        for block in range(blocks):
            stride = 2 if stage > 1 and block == 0 else 1
            layer.append(Residual(i, ((w, 1, 1), (w, 3, stride), (4 * w, 1, 1)), se=False))
            i = 4 * w
        parts[f"layer{stage}"] = nn.Sequential(*layer)
    return Pooled(**parts, fc=nn.Linear(i, classes))


def efficientnet_b0(classes):
    i, features = 32, [conv_bn(3, 32, 3, 2, nn.SiLU)]
    # Tan and Le 2019 (arXiv 1905.11946), table 1: expansion, kernel, stride, channels, blocks
    for e, k, s, o, blocks in ((1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1)):
        stage = []
        for block in range(blocks):
            stage.append(InvertedResidual(i, o, e, k, s if block == 0 else 1))
            i = o
        features.append(nn.Sequential(*stage))
    features.append(conv_bn(320, 1280, 1, 1, nn.SiLU))
    return Pooled(features=nn.Sequential(*features), classifier=nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, classes)))


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
json.dump({"classes": classes, "gain": gain, "cases": cases, "tensors": {k: list(v.shape) for k, v in state.items()}}, sys.stdout)
print()

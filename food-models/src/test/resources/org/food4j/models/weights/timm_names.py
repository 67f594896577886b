"""What timm calls the tensors of torchvision's networks, found without knowing either's names: both networks run the same photo, and the
layers with parameters that they pass through are paired in order. The pairs are proven by the logits: timm's network with the other's
weights computes the same ones. Photos of 65 pixels, where TensorFlow's padding is the symmetric one.

    python timm_names.py PEERS > timm_names.json

PEERS: the folder of models.py, which defines the networks by torchvision's names. Needs torch and timm.
"""
import hashlib
import json
import sys

import timm
import torch
from torch import nn

sys.path.insert(0, sys.argv[1])
import models  # noqa: E402

PAIRS = {
    "resnet18": "resnet18",
    "resnet50": "resnet50",
    "se_resnet50": "seresnet50",
    "efficientnet_b0": "efficientnet_b0",
    "efficientnet_b4": "tf_efficientnet_b4",
    "efficientnet_v2_s": "tf_efficientnetv2_s",
    "mobilenet_v3_large": "mobilenetv3_large_100",
    "mobilenet_v3_small": "mobilenetv3_small_100",
    "vgg16": "vgg16",
    "vgg16_bn": "vgg16_bn",
}


def vgg16_bn(classes):
    net = models.Vgg16(classes)
    layers = []
    for layer in net.features:
        layers += [layer, nn.BatchNorm2d(layer.out_channels)] if isinstance(layer, nn.Conv2d) else [layer]
    net.features = nn.Sequential(*layers)
    return net


def passed(net, photos):
    """Names of the layers with parameters of their own, in the order of the forward pass, and the logits."""
    order, hooks = [], []
    for name, module in net.named_modules():
        if next(module.parameters(recurse=False), None) is not None:
            hooks.append(module.register_forward_pre_hook(lambda m, i, name=name: order.append(name)))
    with torch.no_grad():
        logits = net(photos)
    for hook in hooks:
        hook.remove()
    return order, logits


def main():
    found = {}
    for ours, theirs in PAIRS.items():
        torch.manual_seed(1)
        net = (vgg16_bn(10) if ours == "vgg16_bn" else models.MODELS[ours](10)).eval()
        other = timm.create_model(theirs, num_classes=10).eval()
        for module in net.modules():
            if isinstance(module, nn.BatchNorm2d):
                nn.init.uniform_(module.running_mean, -0.1, 0.1), nn.init.uniform_(module.running_var, 0.5, 1.5)
                nn.init.uniform_(module.weight, 0.5, 1.5), nn.init.uniform_(module.bias, -0.1, 0.1)
        eps = [m.eps for m in net.modules() if isinstance(m, nn.BatchNorm2d)]
        for module in other.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eps = eps[0]
        photos = torch.randn(2, 3, 224 if ours.startswith("vgg") else 65, 224 if ours.startswith("vgg") else 65)
        order, logits = passed(net, photos)
        other_order, _ = passed(other, photos)
        assert len(order) == len(set(order)) == len(other_order), (ours, len(order), len(other_order))
        weights, state, lines = net.state_dict(), other.state_dict(), []
        for a, b in zip(order, other_order):
            for leaf in ("weight", "bias", "running_mean", "running_var"):
                if f"{a}.{leaf}" in weights:
                    state[f"{b}.{leaf}"] = weights[f"{a}.{leaf}"].reshape(state[f"{b}.{leaf}"].shape)
                    lines.append(f"{a}.{leaf} {b}.{leaf}\n")
        other.load_state_dict(state)
        difference = (passed(other, photos)[1] - logits).abs().max() / logits.std()
        assert difference < 1e-4, (ours, difference)
        assert len(lines) == sum(not n.endswith("num_batches_tracked") for n in weights)
        found[ours] = {"timm": theirs, "tensors": len(lines), "sha256": hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()}
    print(json.dumps(found, indent=1))


main()

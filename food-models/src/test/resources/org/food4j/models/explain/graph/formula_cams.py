"""Class activation maps of networks with formula_logits.py's weights and photos: numbers for another implementation to meet.

usage: formula_cams.py NETWORK GAIN SIZE STAGE... > NETWORK_cams.json          needs PyTorch
stored: se_cnn 1 71 stages.3 stages.1 stages.0          efficientnet_b0 1.15 71 features.8 features.4

The network is in eval mode and in double precision; derivatives are autograd's. With A a stage's output [channels, height, width]
and g the gradient of the class's logit with respect to it:
  Grad-CAM (arXiv 1610.02391, eq. 1 and 2):    relu(sum over channels of A * mean of g)
  Grad-CAM++ (arXiv 1710.11063, eq. 10 and 19, score exp(logit), its constant factor left out):
      alpha = g^2 / (2 g^2 + g^3 * sum of A) where g is not 0;  relu(sum over channels of A * sum of alpha * relu(g))
Stored per case: size, stage, photo, class, and both maps, row by row, not scaled.
"""
import contextlib, io, json, pathlib, runpy, sys
import torch

network, gain, size, stages = *sys.argv[1:3], int(sys.argv[3]), sys.argv[4:]
logits_script = pathlib.Path(__file__).parent.parent / "architecture" / "formula_logits.py"
sys.argv = [str(logits_script), network, "7", gain, str(size)]
with contextlib.redirect_stdout(io.StringIO()):
    script = runpy.run_path(str(logits_script))
net, photos = script["net"].double(), script["x"].double()


def output_of(stage, photo):
    """The stage's output, a leaf of the graph, and the logits that follow from it."""
    kept = {}

    def replace(module, inputs, output):
        kept["maps"] = output.detach().requires_grad_()
        return kept["maps"]

    handle = net.get_submodule(stage).register_forward_hook(replace)
    logits = net(photo)
    handle.remove()
    return kept["maps"], logits[0]


def rows(values):
    return [[float(f"{v:.6g}") for v in row] for row in values.tolist()]


cases = []
for stage in stages:
    for photo, label in ((0, 2), (0, 3), (1, 0), (1, 6)):
        maps, logits = output_of(stage, photos[photo : photo + 1])
        (g,) = torch.autograd.grad(logits[label], maps)
        a, g = maps.detach()[0], g[0]
        cam = torch.relu((g.mean((1, 2), keepdim=True) * a).sum(0))
        alpha = torch.where(g != 0, g**2 / (2 * g**2 + g**3 * a.sum((1, 2), keepdim=True)), 0.0)
        plus = torch.relu(((alpha * torch.relu(g)).sum((1, 2), keepdim=True) * a).sum(0))
        assert cam.max() > 0 and plus.max() > 0, "choose classes that the maps speak for"
        cases.append({"size": size, "stage": stage, "photo": photo, "label": label, "grad_cam": rows(cam), "grad_cam_plus_plus": rows(plus)})
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")

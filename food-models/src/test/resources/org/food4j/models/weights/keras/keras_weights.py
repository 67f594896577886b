"""Miniatures of keras.applications' weight files, and what the networks compute, written out in NumPy as Keras defines it: channels last,
kernels [height, width, in, out], dense kernels [in, out], flattening in the order height, width, channels.

    /usr/bin/python3 keras_weights.py          (Debian's python3-h5py) writes vgg16.h5, resnet50.h5 and logits.json beside itself

vgg16.h5: the 2016 files' way of naming, /block1_conv1/block1_conv1_W_1:0; all 13 convolutions with 2 or 3 channels, 64 px input.
resnet50.h5: the way of newer files, /conv1_conv/conv1_conv/kernel:0, below /model_weights as model.save writes it; two bottleneck blocks
of width 2 and one of width 3, 32 px input; the last has its stride in the first convolution, as Keras' ResNet-50 has.
The photos are given in red, green, blue between 0 and 1; the networks see them as "caffe" preprocessing makes them: blue, green, red,
times 255, less the mean. Weights: w = scale * sin(1.7 * i + name's length) in row-major order.
"""
import json
import os

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
MEAN = np.array([103.939, 116.779, 123.68])


def filled(name, shape, scale=1.0, offset=0.0):
    i = np.arange(int(np.prod(shape)))
    return (offset + scale * np.sin(1.7 * i + len(name))).reshape(shape).astype(np.float32)


def photos(size):
    i = np.arange(size * size * 3).reshape(size, size, 3)
    return 0.5 + 0.5 * np.sin(np.stack([0.37 * i + 0.1 * (i % 11), 0.011 * i + 0.9 * (i % 3)]))


def caffe(x):
    return x[..., ::-1] * 255 - MEAN


def conv(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x.astype(np.float64), ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    k = kernel.shape[0]
    h, w = (x.shape[1] - k) // stride + 1, (x.shape[2] - k) // stride + 1
    y = np.zeros((x.shape[0], h, w, kernel.shape[3])) + bias
    for i in range(k):
        for j in range(k):
            y += x[:, i : i + stride * h : stride, j : j + stride * w : stride] @ kernel[i, j].astype(np.float64)
    return y


def pool(x):
    n, h, w, c = x.shape
    return x.reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4))


def vgg16():
    weights, x, channels = {}, caffe(photos(64)) / 100, 3
    for block, (width, count) in enumerate(((2, 2), (3, 2), (2, 3), (3, 3), (3, 3)), 1):
        for n in range(1, count + 1):
            name = f"block{block}_conv{n}"
            kernel, bias = filled(name, (3, 3, channels, width), 1.5 / np.sqrt(channels)), filled(name, (width,), 0.2)
            weights[name], channels = {"W": kernel, "b": bias}, width
            x = np.maximum(conv(x, kernel, bias, pad=1), 0)
        x = pool(x)
    x = x.reshape(len(x), -1)
    for name, out in (("fc1", 5), ("fc2", 4), ("predictions", 6)):
        kernel, bias = filled(name, (x.shape[1], out), 0.8), filled(name, (out,), 0.3)
        weights[name] = {"W": kernel, "b": bias}
        x = x @ kernel.astype(np.float64) + bias
        x = np.maximum(x, 0) if name != "predictions" else x
    # the division by 100 keeps the numbers small and is part of the first kernel
    weights["block1_conv1"]["W"] = (weights["block1_conv1"]["W"] / 100).astype(np.float32)
    with h5py.File(os.path.join(HERE, "vgg16.h5"), "w") as file:
        file.attrs["layer_names"] = [n.encode() for n in ["input_1", *weights, "flatten"]]
        file.create_group("input_1"), file.create_group("flatten"), file.create_group("block1_pool")
        for name, values in weights.items():
            for role, value in values.items():
                file.create_dataset(f"{name}/{name}_{role}_1:0", data=value)
    return x


def bn(weights, name, x):
    c = x.shape[-1]
    w = {"gamma": filled(name, (c,), 0.3, 1), "beta": filled(name + "b", (c,), 0.3), "moving_mean": filled(name + "mean", (c,), 0.3), "moving_variance": filled(name + "v", (c,), 0.4, 1)}
    weights[name] = w
    return (x - w["moving_mean"]) / np.sqrt(w["moving_variance"] + 1.001e-5) * w["gamma"] + w["beta"]


def resnet50():
    weights, relu = {}, lambda v: np.maximum(v, 0)

    def layer(name, x, out, k, stride=1, pad=0, scale=1.0):
        c = x.shape[-1]
        kernel, bias = filled(name, (k, k, c, out), scale / np.sqrt(k * k * c)), filled(name, (out,), 0.2)
        weights[f"{name}_conv"] = {"kernel": kernel, "bias": bias}
        return bn(weights, f"{name}_bn", conv(x, kernel, bias, stride, pad))

    x = relu(layer("conv1", caffe(photos(32)), 2, 7, 2, 3, scale=0.05))
    x = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    h = (x.shape[1] - 3) // 2 + 1
    x = np.max([x[:, i : i + 2 * h : 2, j : j + 2 * h : 2] for i in range(3) for j in range(3)], axis=0)
    for name, width, stride in (("conv2_block1", 2, 1), ("conv2_block2", 2, 1), ("conv3_block1", 3, 2)):
        shortcut = x if name == "conv2_block2" else layer(f"{name}_0", x, 4 * width, 1, stride)
        y = relu(layer(f"{name}_1", x, width, 1, stride))
        y = relu(layer(f"{name}_2", y, width, 3, 1, 1))
        x = relu(layer(f"{name}_3", y, 4 * width, 1) + shortcut)
    x = x.mean((1, 2))
    kernel, bias = filled("predictions", (x.shape[1], 6), 0.5), filled("predictions", (6,), 0.3)
    weights["predictions"] = {"kernel": kernel, "bias": bias}
    with h5py.File(os.path.join(HERE, "resnet50.h5"), "w", libver="latest") as file:
        top = file.create_group("model_weights")
        top.create_group("add"), top.create_group("top_level_model_weights")
        file.create_group("optimizer_weights/Adam")
        for name, values in weights.items():
            for role, value in values.items():
                top.create_dataset(f"{name}/{name}/{role}:0", data=value)
    return x @ kernel.astype(np.float64) + bias


def main():
    logits = {"vgg16": vgg16().round(6).tolist(), "resnet50": resnet50().round(6).tolist()}
    with open(os.path.join(HERE, "logits.json"), "w") as file:
        json.dump(logits, file, indent=1)


main()

"""Writes Keras 2 model descriptions (model.to_json()) by hand, without weights: what DL4J's import
reads. Run in this directory: python3 keras_models.py"""

import json

WEIGHTS = {
    "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}},
    "bias_initializer": {"class_name": "Zeros", "config": {}},
    "kernel_regularizer": None,
    "bias_regularizer": None,
    "kernel_constraint": None,
    "bias_constraint": None,
}
DEPTHWISE = {
    "depthwise_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}},
    "depthwise_regularizer": None,
    "depthwise_constraint": None,
}


def windowed(class_name, name, size, filters=None, strides=1, padding="valid", axes=2, **more):
    config = {
        "name": name,
        "trainable": True,
        "dtype": "float32",
        "strides": [strides] * axes,
        "padding": padding,
        "data_format": "channels_last",
    }
    if filters is None and "Pooling" in class_name:
        config["pool_size"] = [size] * axes
    else:
        config |= {
            "kernel_size": [size] * axes,
            "dilation_rate": [1] * axes,
            "activation": "linear",
            "use_bias": True,
            **WEIGHTS,
        }
        if filters is not None:
            config["filters"] = filters
    return {"class_name": class_name, "config": config | more}


def layer(class_name, name, **config):
    return {"class_name": class_name, "config": {"name": name, "trainable": True, "dtype": "float32", **config}}


def batch_norm(name, axis=3):
    return layer(
        "BatchNormalization",
        name,
        axis=[axis],
        momentum=0.99,
        epsilon=0.001,
        center=True,
        scale=True,
        beta_initializer={"class_name": "Zeros", "config": {}},
        gamma_initializer={"class_name": "Ones", "config": {}},
        moving_mean_initializer={"class_name": "Zeros", "config": {}},
        moving_variance_initializer={"class_name": "Ones", "config": {}},
        beta_regularizer=None,
        gamma_regularizer=None,
        beta_constraint=None,
        gamma_constraint=None,
    )


def dense(name, units, activation):
    return layer("Dense", name, units=units, activation=activation, use_bias=True, **WEIGHTS)


def write(name, model):
    with open(f"keras_{name}.json", "w") as file:
        json.dump(model | {"keras_version": "2.4.0", "backend": "tensorflow"}, file, indent=1)
        file.write("\n")


def sequential(name, shape, layers):
    layers[0]["config"]["batch_input_shape"] = [None, *shape]
    write(name, {"class_name": "Sequential", "config": {"name": name, "layers": layers}})


def functional(name, shape, layers, output):
    first = layer("InputLayer", "photo", batch_input_shape=[None, *shape], sparse=False, ragged=False)
    nodes = [first | {"name": "photo", "inbound_nodes": []}]
    for part, inputs in layers:
        inbound = [[[source, 0, 0, {}] for source in inputs]]
        nodes.append(part | {"name": part["config"]["name"], "inbound_nodes": inbound})
    config = {
        "name": name,
        "layers": nodes,
        "input_layers": [["photo", 0, 0]],
        "output_layers": [[output, 0, 0]],
    }
    write(name, {"class_name": "Functional", "config": config})


functional(
    "functional",
    (16, 20, 3),
    [
        (windowed("Conv2D", "stem", 3, 8, strides=2, padding="same"), ["photo"]),
        (batch_norm("stem_bn"), ["stem"]),
        (layer("ReLU", "stem_relu", max_value=6.0, negative_slope=0.0, threshold=0.0), ["stem_bn"]),
        (
            windowed("DepthwiseConv2D", "depthwise", 3, padding="same", depth_multiplier=1, **DEPTHWISE),
            ["stem_relu"],
        ),
        (layer("LeakyReLU", "leaky", alpha=0.3), ["depthwise"]),
        (windowed("Conv2D", "project", 1, 8), ["leaky"]),
        (layer("Add", "sum"), ["project", "stem_relu"]),
        (layer("ZeroPadding2D", "pad", padding=[[0, 1], [1, 0]], data_format="channels_last"), ["sum"]),
        (windowed("MaxPooling2D", "pool", 2, strides=2), ["pad"]),
        (windowed("Conv2D", "left", 3, 4, padding="same", activation="tanh"), ["pool"]),
        (windowed("Conv2D", "right", 1, 5, activation="sigmoid"), ["pool"]),
        (layer("Concatenate", "join", axis=-1), ["left", "right"]),
        (
            layer("UpSampling2D", "up", size=[2, 2], data_format="channels_last", interpolation="nearest"),
            ["join"],
        ),
        (
            layer("Cropping2D", "crop", cropping=[[1, 0], [1, 1]], data_format="channels_last"),
            ["up"],
        ),
        (windowed("AveragePooling2D", "mean", 2, strides=2, padding="same"), ["crop"]),
        (layer("Flatten", "flat", data_format="channels_last"), ["mean"]),
        (dense("hidden", 12, "relu"), ["flat"]),
        (layer("Dropout", "drop", rate=0.5, noise_shape=None, seed=None), ["hidden"]),
        (dense("predictions", 5, "softmax"), ["drop"]),
    ],
    "predictions",
)
sequential(
    "sequential",
    (12, 10, 3),
    [
        windowed("Conv2D", "conv", 3, 6, padding="same", activation="relu"),
        batch_norm("norm"),
        windowed("Conv2DTranspose", "grow", 2, 4, strides=2),
        layer("GlobalAveragePooling2D", "mean", data_format="channels_last"),
        dense("predictions", 5, "softmax"),
    ],
)
sequential(
    "channels_first",
    (3, 12, 10),
    [
        windowed("Conv2D", "conv", 3, 6, activation="relu", data_format="channels_first"),
        windowed("MaxPooling2D", "pool", 2, strides=2, data_format="channels_first"),
        layer("Flatten", "flat", data_format="channels_first"),
        dense("predictions", 5, "softmax"),
    ],
)
sequential(
    "sequences",
    (16, 3),
    [
        windowed("Conv1D", "conv", 3, 6, axes=1, padding="same", activation="relu"),
        windowed("MaxPooling1D", "pool", 2, strides=2, axes=1),
        windowed("Conv1D", "second", 3, 5, axes=1, padding="causal", activation="tanh"),
        layer("Flatten", "flat", data_format="channels_last"),
        dense("predictions", 5, "softmax"),
    ],
)
sequential(
    "volumes",
    (6, 8, 7, 2),
    [
        windowed("Conv3D", "conv", 3, 4, axes=3, activation="relu"),
        windowed("MaxPooling3D", "pool", 2, strides=2, axes=3),
        layer("Flatten", "flat", data_format="channels_last"),
        dense("predictions", 5, "softmax"),
    ],
)

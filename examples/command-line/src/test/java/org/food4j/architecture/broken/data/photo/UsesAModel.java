package org.food4j.architecture.broken.data.photo;

import org.food4j.architecture.broken.models.onnx.ModelFile;

/** Against the arrows: data knows nothing of models. */
record UsesAModel(ModelFile model) {}

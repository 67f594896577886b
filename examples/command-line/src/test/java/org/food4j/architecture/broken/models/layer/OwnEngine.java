package org.food4j.architecture.broken.models.layer;

import org.bytedeco.dnnl.engine;

/** Uses oneDNN beside the one package that may. */
record OwnEngine(engine processor) {}

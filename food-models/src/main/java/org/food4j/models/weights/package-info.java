/**
 * Published weights: read from files, loaded into graphs, and proven by another framework's logits.
 *
 * <p>Reads {@code .safetensors} (F32, F16, BF16; little endian; header checked before any tensor is
 * read) and {@code .npy} (float32, row-major). Tensors are named as in torchvision: a vertex's
 * name, a dot, and {@code weight, bias, running_mean} or {@code running_var}. Loading is all or
 * nothing.
 */
package org.food4j.models.weights;

/**
 * Networks: one file per family with its table of variants, and the list of them all.
 *
 * <p>Stage: above {@code block}; used by training, measurement and the check of weights. An
 * architecture says what is computed, from photos {@code [batch, 3, height, width]} to logits
 * {@code [batch, classes]}, and nothing of how it is trained. Each is held to parameter counts,
 * multiply-additions, tensor names and logits of the same network in PyTorch.
 */
package org.food4j.models.architecture;

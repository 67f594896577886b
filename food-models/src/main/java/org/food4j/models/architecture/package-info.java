/**
 * Networks: one file per family with its table of variants, and the list of them all.
 *
 * <p>Stage: above {@code block}; used by training, measurement and the check of weights. An
 * architecture says what is computed, from photos to logits, and nothing of how it is trained.
 */
package org.food4j.models.architecture;

/**
 * Optimisers as settings of a DL4J configuration: {@code Sgd}, {@code Adam} and {@code AdamW},
 * whose steps are PyTorch's. Their updaters are DL4J's interface, so that a checkpoint restores
 * them and their state. Used by {@code recipe} and {@code loop}; uses {@code schedule}.
 */
package org.food4j.train.optimizer;

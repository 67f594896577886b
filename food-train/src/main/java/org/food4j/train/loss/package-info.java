/**
 * Losses over logits, as ND4J loss functions. Used by {@code loop}; takes class weights from {@code
 * data.split}.
 *
 * <p>A loss's class name is part of every checkpoint that was trained with it.
 */
package org.food4j.train.loss;

/**
 * What a network costs: parameters and multiply-additions, counted as papers do, and memory.
 *
 * <p>Stage: above {@code architecture}; used by whoever reports a network. Everything is counted
 * from the configuration, without a single weight. 1 MAC = 1 multiply-addition; convolutions and
 * linear layers count, and nothing else: neither pooling, normalisation and additions nor the
 * products of activations with activations inside attention.
 *
 * <p>What is known of a type of layer stands in one table, {@code LayerTypes}. A layer with
 * parameters that is not in it is listed, not guessed.
 */
package org.food4j.models.analysis;

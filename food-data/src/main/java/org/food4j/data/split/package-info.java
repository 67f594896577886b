/**
 * Balance and split: which photo trains, validates or tests.
 *
 * <p>Owns {@link org.food4j.data.split.SplitTargets}, the {@link
 * org.food4j.data.split.StratifiedSplitter} and the {@link org.food4j.data.split.LeakageCheck}.
 * Takes scanned photos from {@code data.scan} and gives the entries of {@code data.manifest}.
 *
 * <p>Classes of different size can be made even here, by {@linkplain
 * org.food4j.data.split.Balance#COPIES copies}, or later and without any: in the order that batches
 * draw photos in ({@code data.batch}), or in the loss, by {@link
 * org.food4j.data.split.ClassWeights}.
 */
package org.food4j.data.split;

/**
 * Balance and split: which photo trains, validates or tests.
 *
 * <p>Owns {@link org.food4j.data.split.SplitTargets}, the {@link
 * org.food4j.data.split.StratifiedSplitter} and the {@link org.food4j.data.split.LeakageCheck}.
 * Takes scanned photos from {@code data.manifest} and gives manifest entries back to it.
 */
package org.food4j.data.split;

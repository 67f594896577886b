/**
 * Search: which settings to train with. The range test finds a learning rate ({@link
 * org.food4j.train.search.LearningRateFinder}); it writes nothing but its page.
 *
 * <p>Uses {@code loop, recipe, evaluate, run} and {@code data.page}; used by applications.
 */
package org.food4j.train.search;

package org.food4j.train.search;

import org.food4j.train.recipe.Recipe;

/**
 * One training of a sweep.
 *
 * @param name of its run directory
 * @param recipe as resolved
 * @param epochs after which it is judged: the recipe's, or fewer where it may go on later
 */
record Trial(String name, Recipe recipe, int epochs) {}

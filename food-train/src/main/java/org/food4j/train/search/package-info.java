/**
 * Search: which settings to train with.
 *
 * <p>The range test finds a learning rate ({@link org.food4j.train.search.LearningRateFinder}); it
 * writes nothing but its page. A {@link org.food4j.train.search.Sweep} trains many combinations of
 * recipe values into run directories and ranks them on a {@link
 * org.food4j.train.search.LeaderBoard}, where runs from elsewhere may stand too.
 *
 * <table>
 * <caption>Files of a sweep</caption>
 * <tr><td>{@code sweep.json}</td><td>written first: {@code strategy, trials, seed, eta, min_epochs,
 * dataset, dataset_fingerprint, keys} and {@code candidates} with {@code name, values} and {@code
 * rungs}, lists of the trainings {@code name, epochs, recipe} of each round; a sweep is the same as
 * another if all of it but {@code dataset} is</td></tr>
 * <tr><td>{@code trials/NAME}</td><td>a run directory per training, {@code NN-key-value-...}, {@code
 * -seed-S} where seeds are swept, {@code -epochs-E} where a halving starts it anew in each round;
 * {@code failure.json} in it holds the {@code reason} why a training diverged</td></tr>
 * <tr><td>{@code leaderboard.json}</td><td>{@code dataset_fingerprint, split, photos, keys} and {@code
 * rows}, the best first: {@code rank, name, values, runs, failures, parameters, epochs, minutes,
 * validation_top1, top1, top1_low, top1_high, top5, macro_f1}, of several seeds the means, with
 * {@code _sd}; against the first row {@code difference, difference_low, difference_high} and, between
 * single trainings, {@code p_value}; {@code planned_epochs} where a halving stopped before
 * them</td></tr>
 * <tr><td>{@code leaderboard.csv, .md, .html}</td><td>the same for spreadsheets and people</td></tr>
 * </table>
 *
 * <p>Uses {@code loop, recipe, evaluate, run}, {@code models.analysis} and {@code data.page}; used
 * by applications.
 */
package org.food4j.train.search;

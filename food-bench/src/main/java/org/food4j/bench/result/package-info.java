/**
 * What was measured, agreement of answers included: values, and the files of a benchmark directory.
 *
 * <table>
 * <caption>Files of a benchmark</caption>
 * <tr><td>{@code results.json}</td><td>written last: {@code format} ({@code food4j-benchmark}),
 * {@code version} (3), {@code dataset} (fingerprint), {@code data} ({@code directory, photo_root,
 * split, photos, labels}), {@code sources} (of each {@code name, environment}, an object of
 * strings, and {@code settings}: {@code batches, rounds, calls, seconds, warm_up_calls,
 * warm_up_seconds, threads}), {@code reference} (position in {@code models}), {@code models} (of
 * each {@code source, name, path, sha256, provider, said,
 * runtime, form, bytes, load_ms} by round, {@code said} as {@code
 * ForeignModel} writes it, {@code logits}, the name of a file, and {@code batches}: {@code batch, samples_ms}, every call's time by
 * round, and {@code memory_bytes} by round), {@code again} (how models compare with the benchmark that this one repeats, both lists empty if
 * none: {@code lines} of {@code model}, a position, {@code batch, before_ms, now_ms,
 * now_by_before, top1_change, answers, same_file}, and {@code changes} of {@code source, what,
 * before, now}), {@code results}: a {@code ResultRow} each</td></tr>
 * <tr><td>{@code results.csv}</td><td>the same rows, with the same keys as columns; what is absent
 * is empty</td></tr>
 * <tr><td>{@code photos.csv}</td><td>{@code path} relative to the photo root, {@code label}: what
 * the models were asked, in order</td></tr>
 * <tr><td>{@code logits-1.npy} …</td><td>the models' answers, NumPy float32 {@code [photos,
 * classes]}, so that models of several machines can be compared photo by photo</td></tr>
 * <tr><td>{@code report.html}, {@code report.md}</td><td>the same for people, from {@code
 * report}</td></tr>
 * </table>
 *
 * <p>Used by {@code measure, compare} and {@code report}; uses food-data's files and manifest,
 * {@code train.evaluate} and the {@code .npy} format of {@code models.weights}.
 */
package org.food4j.bench.result;

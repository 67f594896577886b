/**
 * The run directory: what a training leaves behind, and how it is opened again.
 *
 * <table>
 * <caption>Files of a run</caption>
 * <tr><td>{@code recipe.yaml}</td><td>the recipe as resolved; makes the
 * directory a run, and is written after all else that is there before the first epoch</td></tr>
 * <tr><td>{@code provenance.json}</td><td>object of strings: versions ({@code food4j, dl4j,
 * nd4j, onnxruntime, java, os}), what computes ({@code engine}: oneDNN, BLAS, threads), hardware
 * ({@code cpu, cpu_flags, cores, threads, gpu, memory_gib}), {@code seed, dataset,
 * dataset_fingerprint}, {@code weights_sha256} and {@code git_commit} where there is one</td></tr>
 * <tr><td>{@code labels.json}</td><td>the classes in the order of the logits</td></tr>
 * <tr><td>{@code preprocessing.json}</td><td>from a photo to the network's input</td></tr>
 * <tr><td>{@code metrics.jsonl}</td><td>one object per epoch: {@code epoch, train_loss,
 * validation_loss, validation_top1, learning_rate, seconds, photos_per_second, input_size}</td></tr>
 * <tr><td>{@code events.out.tfevents.*}</td><td>the training for TensorBoard, as {@code monitor}
 * says</td></tr>
 * <tr><td>{@code checkpoints/best.zip, last.zip}</td><td>DL4J model files, each replaced atomically: the
 * whole network of the best epoch, without the optimiser's state, and what was trained in the last
 * epoch, with it; behind a frozen part, or stages not yet released, that is the rest of the network
 * alone. Where the recipe has an {@code ema_decay}, the best epoch's weights are the averaged ones, and
 * {@code last.zip} holds the trained ones, and in {@code averageCoefficients.bin} the average of the
 * same parameters</td></tr>
 * <tr><td>{@code checkpoints/best_part.zip}</td><td>behind a frozen part, what was trained as it was
 * after the best epoch, without the optimiser's state</td></tr>
 * <tr><td>{@code calibration.json}</td><td>the softmax's temperature and what it does to the photos that it
 * was fitted to: {@code temperature, split, photos, loss_before, loss, calibration_error_before,
 * calibration_error}; the probability below which the answer is "none of these" and what it does to
 * the same photos: {@code threshold} (null if none reaches {@code accept_accuracy}), {@code
 * accept_accuracy, accepted, accepted_correct}; without the file, the temperature is 1 and there is
 * always an answer</td></tr>
 * <tr><td>{@code evaluation.json}</td><td>{@code split, photos, top1, top1_low, top1_high, top5, top5_low,
 * top5_high, macro_precision, macro_recall, macro_f1, macro_f1_low, macro_f1_high,
 * weighted_precision, weighted_recall, weighted_f1, loss, calibration_error, mean_confidence,
 * risk_coverage_area}; {@code temperature, threshold} (null if there was none) and {@code views},
 * with which the answers were given; {@code labels}; {@code classes} with {@code label,
 * true_positives, false_positives, false_negatives}; {@code calibration}, 15 bins with {@code low,
 * high, photos, confidence, accuracy}; {@code risk_coverage} with {@code probability, accepted,
 * correct}, by falling probability; {@code most_confused}, at most 20 with {@code actual, predicted,
 * photos, of, reverse}; {@code worst_mistakes}, the surest first, at most 20 with {@code path,
 * actual, predicted, probability}; {@code suspected_labels}, the most doubtful first, at most 15 in
 * 100 photos, with {@code path, label, suggested, confidence, self_confidence, confident}; {@code
 * confusion} ({@code [actual][predicted]}) and {@code results}, one per photo</td></tr>
 * <tr><td>{@code report.html}</td><td>the same for people</td></tr>
 * </table>
 *
 * <p>An epoch is written in this order: its line of {@code metrics.jsonl}; {@code last.zip}, with
 * which it counts, since its configuration holds the number of epochs; {@code best.zip} or {@code
 * best_part.zip} if no earlier epoch was better. {@link org.food4j.train.run.RunDirectory#resume
 * resume} drops the metrics beyond {@code last.zip}, a broken line among them, and temporary files;
 * if the last epoch is the best one, its weights are written as the best again.
 *
 * <p>A cross-validation leaves {@code recipe.yaml}, {@code provenance.json}, {@code labels.json},
 * {@code evaluation.json} and {@code suspected_labels.csv}, as {@link
 * org.food4j.train.run.CrossValidationDirectory} says; it has no network to open.
 *
 * <p>Uses {@code loop, recipe, evaluate} and {@code models.onnx, inference, graph, explain}, {@code
 * data.page}; used by food-bench and applications.
 */
package org.food4j.train.run;

/**
 * Windows onto a running training: DL4J's UI server and TensorBoard's event files. Implements
 * {@code loop}'s observer and uses {@code recipe} and {@code evaluate}; nothing in the library
 * depends on it.
 *
 * <p>An event file is called {@code events.out.tfevents.SECONDS.HOST.food4j} and lies in the run
 * directory; an interrupted run has several. It is a sequence of TFRecords:
 *
 * <table>
 * <caption>A record</caption>
 * <tr><td>8 bytes</td><td>number of data bytes, little-endian</td></tr>
 * <tr><td>4 bytes</td><td>masked CRC of the number: CRC-32C, turned right by 15 bits, plus {@code
 * 0xa282ead8}; little-endian</td></tr>
 * <tr><td>n bytes</td><td>data: a protobuf message {@code tensorflow.Event}</td></tr>
 * <tr><td>4 bytes</td><td>masked CRC of the data, little-endian</td></tr>
 * </table>
 *
 * <p>The first event holds {@code file_version = "brain.Event:2"}, each later one {@code wall_time}
 * in seconds since 1970, a {@code step}, and a {@code summary} of one value; where training goes on
 * after an interruption, a {@code session_log} with {@code START} comes before.
 *
 * <table>
 * <caption>Tags of a training</caption>
 * <tr><th>tag</th><th>step</th><th>value</th></tr>
 * <tr><td>{@code recipe}, {@code _hparams_/session_start_info}</td><td>0</td><td>the recipe as a
 * Markdown table, and for the hparams plugin</td></tr>
 * <tr><td>{@code _hparams_/session_end_info}</td><td>0</td><td>for the hparams plugin, whether the
 * training came to its end; the last record, taken away when the training goes on</td></tr>
 * <tr><td>{@code photos/NUMBER_CLASS}</td><td>0</td><td>eight training photos, augmented</td></tr>
 * <tr><td>{@code loss/train, training/learning_rate}</td><td>each</td><td>loss of the step's
 * batches, and the learning rate with which the step was done</td></tr>
 * <tr><td>{@code training/gradient_norm}</td><td>each</td><td>L2 norm of all gradients, where they
 * are clipped; before that</td></tr>
 * <tr><td>{@code loss/train_epoch, loss/validation, top1/validation, training/epoch,
 * training/photos_per_second}</td><td>an epoch's last</td><td>as in {@code metrics.jsonl}</td></tr>
 * <tr><td>{@code LAYER/PARAMETER}</td><td>an epoch's last</td><td>distribution of the trained layers'
 * parameters; {@code not_finite/LAYER/PARAMETER} counts values that are no numbers, where there are
 * any</td></tr>
 * <tr><td>{@code evaluation/SPLIT_loss, _top1, _top5}</td><td>the best epoch's last</td><td>after
 * training; {@code SPLIT} is {@code test}, or {@code validation} where there are no test
 * photos</td></tr>
 * <tr><td>{@code confusion/SPLIT}, {@code confusion/SPLIT/classes}</td><td>the best epoch's
 * last</td><td>PNG of the confusion matrix, and its classes as a Markdown table</td></tr>
 * </table>
 *
 * <p>{@code stats.bin}, for DL4J's UI server, is a sequence of TFRecords too, written in order and
 * each at once. Its data are protobuf messages of three fields:
 *
 * <table>
 * <caption>A record of {@code stats.bin}</caption>
 * <tr><td>1, string</td><td>{@code MetaData, StaticInfo} or {@code Update}, as DL4J's {@code
 * StorageType}</td></tr>
 * <tr><td>2, string</td><td>DL4J's class: {@code SbeStorageMetaData, SbeStatsInitializationReport} or
 * {@code SbeStatsReport}, with its package</td></tr>
 * <tr><td>3, bytes</td><td>what that class's {@code encode()} gives</td></tr>
 * </table>
 */
package org.food4j.train.monitor;

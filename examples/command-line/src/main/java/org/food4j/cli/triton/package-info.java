/**
 * A model as the Triton Inference Server keeps it: for who outgrows one machine.
 *
 * <p>{@link org.food4j.cli.triton.TritonRepository} writes a directory of a model repository:
 *
 * <table>
 * <caption>{@code REPOSITORY/NAME/}</caption>
 * <tr><th>file</th><th>content</th></tr>
 * <tr><td>{@code config.pbtxt}</td><td>Triton's {@code ModelConfig} in protobuf's text format, by
 * {@link org.food4j.cli.triton.TritonConfig}: platform {@code onnxruntime_onnx}, inputs and outputs
 * without their batch, dynamic batching; {@code parameters} hold the card's preprocessing,
 * temperature and threshold, which Triton hands to clients and does not obey</td></tr>
 * <tr><td>{@code labels.txt}</td><td>a label's name a line, in the order of the scores; absent where
 * no labels are known</td></tr>
 * <tr><td>{@code 1/model.onnx}</td><td>the model file, byte for byte</td></tr>
 * </table>
 *
 * <p>Depends on {@code models.onnx}, {@code models.inference} and {@code data.file}; {@code
 * cli.command} depends on it.
 */
package org.food4j.cli.triton;

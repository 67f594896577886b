/**
 * Using a trained model: {@link org.food4j.models.inference.Classifier} takes a tensor and gives
 * scores, {@link org.food4j.models.inference.PhotoClassifier} takes a photo and gives labelled
 * probabilities, or an {@link org.food4j.models.inference.Answer} that may be "none of these".
 *
 * <p>{@link org.food4j.models.inference.OnnxClassifier} runs model files on ONNX Runtime, those of
 * others too with what a {@link org.food4j.models.inference.ForeignModel} says about them; the
 * classifier over a DL4J graph lives in {@code models.graph}. Depends on {@code models.onnx} (the
 * file's card), {@code data.photo}, {@code data.preprocess} and {@code data.manifest}. Nothing here
 * knows ND4J or DL4J, so that a server can use it without them.
 */
package org.food4j.models.inference;

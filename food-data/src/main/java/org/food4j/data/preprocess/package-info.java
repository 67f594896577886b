/**
 * From pixels to a network's input: the one definition of it.
 *
 * <p>Owns {@link org.food4j.data.preprocess.Preprocessing}, whose JSON is {@code
 * preprocessing.json} and part of a model file, and the {@link
 * org.food4j.data.preprocess.Resampler} under it. Takes photos from {@code data.photo}; training's
 * evaluation, model files and servers take tensors from here. Plain float arrays, no ND4J.
 *
 * <p>{@code preprocessing.json}, one object: {@code input_size} (pixels), {@code
 * resize_shorter_side} (pixels), {@code interpolation} ({@code BILINEAR} or {@code BICUBIC}),
 * {@code mean} and {@code std} (three numbers each: red, green, blue).
 */
package org.food4j.data.preprocess;

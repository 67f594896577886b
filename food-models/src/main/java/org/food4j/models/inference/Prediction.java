package org.food4j.models.inference;

import org.food4j.data.manifest.Label;

/**
 * One answer of a classifier about one photo.
 *
 * @param probability 0 to 1, after temperature and softmax over all classes
 */
public record Prediction(Label label, float probability) {}

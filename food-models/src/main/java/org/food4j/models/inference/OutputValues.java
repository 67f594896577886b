package org.food4j.models.inference;

/**
 * What a network gave out at one of its outputs.
 *
 * @param shape the batch first
 * @param values row-major, float32 whatever the file computes in; owned by the caller
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutputValues(long[] shape, float[] values) {}

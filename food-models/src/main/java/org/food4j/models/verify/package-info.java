/**
 * Networks held against numbers that another framework computed from the same weights.
 *
 * <p>Stage: above {@code architecture}, {@code weights}, {@code onnx.export} and {@code inference};
 * used by the command line and by tests.
 */
package org.food4j.models.verify;

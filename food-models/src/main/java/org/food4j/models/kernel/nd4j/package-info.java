/**
 * The kernels, computed by ND4J's operations: on every platform that ND4J knows, in every
 * floating-point type. ND4J itself hands convolution and pooling to oneDNN or cuDNN where it was
 * built with them.
 *
 * <p>Stage: implements {@code kernel}, and is used through {@link
 * org.food4j.models.kernel.nd4j.Nd4jKernels} alone. No kernel keeps anything from one call to the
 * next, or writes to an array that the caller did not name as a result; temporary arrays come from
 * the current workspace.
 */
package org.food4j.models.kernel.nd4j;

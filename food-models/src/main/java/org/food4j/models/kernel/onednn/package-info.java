/**
 * Kernels computed by oneDNN through its own Java bindings, on the arrays of ND4J.
 *
 * <p>All pointer work of this library happens here, behind {@link
 * org.food4j.models.kernel.onednn.OneDnnKernels}: nothing outside this package sees an address. A
 * {@code Call} is a primitive with its arguments, made once per shape; a {@code Slot} is an
 * argument that is moved to an array's memory before a call, after checking type, length and
 * strides. A {@code Session} holds what a thread's calls share: the stream, and working memory that
 * grows to the largest need.
 */
package org.food4j.models.kernel.onednn;

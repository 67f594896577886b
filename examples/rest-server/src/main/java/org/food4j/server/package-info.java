/**
 * The server's command: {@link org.food4j.server.Main} reads its options, starts it and ends it in
 * order.
 *
 * <p>Stage: the top. {@code http} and {@code batch} know nothing of the others; {@code model} is
 * above {@code batch}, {@code answer} above {@code model}, {@code api} above all of them. Runs with
 * ONNX Runtime alone: no ND4J, DL4J or DataVec on its class path.
 */
package org.food4j.server;

/**
 * Explanations: where in a photo a network finds what it answers.
 *
 * <p>Stage: beside {@code inference}; used by reports, the command and servers. Owns what an
 * explanation is ({@code Explanation}, {@code HeatMap}, {@code AttentionFactors}), how it is drawn
 * over what the network saw ({@code HeatOverlay}, {@code ExplanationPicture}, {@code
 * AttentionPicture}; PNG files) with the fonts that this needs ({@code data.picture}'s), and {@code
 * FileExplainer}, which explains the answers of a model file. What needs a DL4J graph is in {@code
 * explain.graph}.
 *
 * <p>Uses {@code inference} and {@code onnx} (labels and preprocessing). Nothing here knows ND4J or
 * DL4J, so that a server can use it without them.
 */
package org.food4j.models.explain;

/**
 * Explanations: where in a photo a network finds what it answers.
 *
 * <p>Stage: beside {@code graph}; used by reports and the command. Owns class activation maps
 * ({@code GradCam}), the attention that a network pays by itself ({@code AttentionMaps}), where in
 * the photo the cells of a map look at ({@code CellCentres}), and how both are drawn over what the
 * network saw ({@code HeatOverlay}, {@code ExplanationPicture}, {@code AttentionPicture}; PNG
 * files), with the fonts that they need ({@code PictureFonts}). {@code PhotoExplainer} does all of
 * it from a photo's file, {@code FileExplainer} what can be done with a model's file.
 *
 * <p>Uses {@code graph}, {@code layer}, {@code inference} and {@code onnx} (labels and
 * preprocessing) and DL4J: gradients need the graph, which an ONNX file no longer has.
 */
package org.food4j.models.explain;

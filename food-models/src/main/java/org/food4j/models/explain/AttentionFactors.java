package org.food4j.models.explain;

/** The factors by which one attention vertex of a network multiplied its maps, for one photo. */
public sealed interface AttentionFactors {
  /** The name of the vertex that multiplies. */
  String vertex();

  /**
   * A factor per channel, as in squeeze-and-excitation, ECA and the first half of CBAM.
   *
   * <p>Not copied; callers must not write to the array.
   *
   * @param factors {@code [channels]}, as computed: 0 to 1 behind a sigmoid
   */
  @SuppressWarnings("ArrayRecordComponent")
  record OfChannels(String vertex, float[] factors) implements AttentionFactors {}

  /**
   * A factor per position, as in the second half of CBAM.
   *
   * @param factors 0 to 1 behind a sigmoid
   * @param centres where in the input they apply
   */
  record OfPositions(String vertex, HeatMap factors, CellCentres centres)
      implements AttentionFactors {}
}

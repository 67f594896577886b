package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.function.Predicate;

/**
 * A model of which as little as possible stays float.
 *
 * @param model the result
 * @param keptFloat stretches that stay float for the answers' sake, those that cost them most first
 * @param fidelity of the result
 * @param good whether it is as good as was asked for; false if even the most that could be kept
 *     float is not enough
 */
public record MixedModel(
    ModelProto model, List<Sensitivity> keptFloat, Fidelity fidelity, boolean good) {
  /** Copies the list. */
  public MixedModel {
    keptFloat = List.copyOf(keptFloat);
  }

  /**
   * Keeps float what costs most, until the answers are good enough. The number of stretches is
   * found by bisection, as if each one more made the answers better.
   *
   * @param sensitivities of the quantiser's stretches
   * @param reference answers to judge by
   * @param goodEnough says whether that will do
   */
  public static MixedModel search(
      StaticQuantizer quantizer,
      List<Sensitivity> sensitivities,
      ReferenceAnswers reference,
      Predicate<Fidelity> goodEnough) {
    List<Sensitivity> ranked =
        sensitivities.stream().sorted(Sensitivity.WORTH_KEEPING_FLOAT).toList();
    MixedModel least = with(quantizer, List.of(), reference, goodEnough);
    if (least.good || ranked.isEmpty()) {
      return least;
    }
    int bad = 0;
    int most = ranked.size();
    MixedModel best = with(quantizer, ranked, reference, goodEnough);
    while (best.good && most - bad > 1) {
      int middle = (bad + most) / 2;
      MixedModel tried = with(quantizer, ranked.subList(0, middle), reference, goodEnough);
      if (tried.good) {
        best = tried;
        most = middle;
      } else {
        bad = middle;
      }
    }
    return best;
  }

  private static MixedModel with(
      StaticQuantizer quantizer,
      List<Sensitivity> kept,
      ReferenceAnswers reference,
      Predicate<Fidelity> goodEnough) {
    List<Stretch> stretches = kept.stream().map(Sensitivity::stretch).toList();
    ModelProto model = quantizer.quantize(Sensitivity.inside(stretches));
    Fidelity fidelity = reference.compare(model);
    return new MixedModel(model, kept, fidelity, goodEnough.test(fidelity));
  }
}

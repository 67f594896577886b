package org.food4j.train.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.split.ClassWeights;
import org.food4j.data.transform.Augmentation;
import org.food4j.train.recipe.ClassWeighting;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.Sampling;

/** What settings come to, and do that was hardly meant, in sentences for people. */
final class RecipeRemarks {
  private RecipeRemarks() {}

  /** All that there is to say; empty if nothing. */
  static List<String> of(Dataset dataset, Recipe recipe, ClassWeights classWeights) {
    List<String> remarks = new ArrayList<>();
    ProgressiveResizing.remark(recipe).ifPresent(remarks::add);
    List<ManifestEntry> photos = dataset.entries(Split.TRAIN);
    long copies = photos.stream().filter(ManifestEntry::isCopy).count();
    if (recipe.sampling() == Sampling.CLASS_BALANCED && copies > 0) {
      remarks.add(
          "sampling class_balanced draws from the %s different training photos; the data set's %s over-sampled copies are left out"
              .formatted(photos.size() - copies, copies));
    }
    if (recipe.classWeights() != ClassWeighting.NONE && classWeights.areEqual()) {
      remarks.add(
          "class_weights change nothing: all classes have the same number of training photos, %s copies among them; to weigh instead of copying, prepare the data set with --balance none"
              .formatted(copies));
    }
    if (recipe.transfer().featureViews() > 1 && recipe.augmentation() == Augmentation.NONE) {
      remarks.add(
          "feature_views %s with augmentation none are all alike: set an augmentation, or one view"
              .formatted(recipe.transfer().featureViews()));
    }
    if (recipe.transfer().freezes()
        && recipe.transfer().featureViews() == 1
        && recipe.augmentation() != Augmentation.NONE) {
      remarks.add(
          "augmentation %s is not seen: the frozen part computes each photo once, as it is; set feature_views above 1 for it"
              .formatted(recipe.augmentation().name().toLowerCase(Locale.ROOT)));
    }
    return remarks;
  }
}

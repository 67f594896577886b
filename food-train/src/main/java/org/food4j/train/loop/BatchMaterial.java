package org.food4j.train.loop;

import java.util.Iterator;
import java.util.List;
import org.food4j.train.device.Replicas;
import org.food4j.train.recipe.Recipe;
import org.nd4j.linalg.dataset.DataSet;

/** Material whose batches come here: an iterator over those of an epoch. */
interface BatchMaterial extends TrainingMaterial, Iterator<DataSet> {
  @Override
  boolean hasNext();

  @Override
  default StepMaker stepMaker(Recipe recipe, Replicas replicas) {
    GradientStep step = new GradientStep(graph(), recipe.stepping(), recipe.seed(), replicas);
    return () -> List.of(step.make(this));
  }
}

package org.food4j.train.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A combination of values that a sweep tries.
 *
 * @param name number and values
 * @param values by swept key, in order
 * @param rungs the trainings, one per seed, of each round that the candidate may come to; one round
 *     but with {@link SweepStrategy#HALVING}. A training that goes on in the next round has the
 *     same name there
 */
record Candidate(String name, Map<String, String> values, List<List<Trial>> rungs) {
  Candidate {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    rungs = rungs.stream().map(List::copyOf).toList();
  }
}

package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  @Test
  void photo_ofTheSameKey_isTheSameStream() {
    assertThat(RandomStreams.photo(1, 2, "a").nextLong())
        .isEqualTo(RandomStreams.photo(1, 2, "a").nextLong());
  }

  @Test
  void photo_ofNeighbouringKeys_isAnotherStream() {
    Set<Long> first = new HashSet<>();
    for (int seed = 0; seed < 10; seed++) {
      for (int epoch = 0; epoch < 10; epoch++) {
        first.add(RandomStreams.order(seed, epoch).nextLong());
        for (String id : new String[] {"a", "b", "ab", "ba", "a-1", "a-2"}) {
          first.add(RandomStreams.photo(seed, epoch, id).nextLong());
        }
      }
    }
    assertThat(first).hasSize(700);
  }

  @Test
  void photo_firstDraws_areUniformAndUnrelatedBetweenEpochs() {
    int photos = 20_000;
    double sum = 0;
    double product = 0;
    for (int n = 0; n < photos; n++) {
      double here = RandomStreams.photo(42, 0, "id" + n).nextDouble();
      double there = RandomStreams.photo(42, 1, "id" + n).nextDouble();
      sum += here;
      product += (here - 0.5) * (there - 0.5);
    }
    assertThat(sum / photos).isCloseTo(0.5, within(0.01));
    // Correlation; its standard deviation over this many pairs is 0.007.
    assertThat(product / photos * 12).isCloseTo(0, within(0.03));
  }
}

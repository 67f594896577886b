package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.junit.jupiter.api.Test;

class ChannelScaleVertexTest {
  private static final InputType MAPS = MapTypes.channelsLast(5, 7, 3);

  @Test
  void outputType_ofFittingInputs_isTheFeatureMaps() {
    ChannelScaleVertex vertex = new ChannelScaleVertex();
    assertThat(vertex.getOutputType(0, MAPS, InputType.feedForward(3))).isEqualTo(MAPS);
    assertThat(vertex.getOutputType(0, MAPS, MapTypes.channelsLast(1, 1, 3))).isEqualTo(MAPS);
  }

  @Test
  void outputType_ofOtherChannelCount_isRefused() {
    assertRefused(MAPS, InputType.feedForward(4));
    assertRefused(MAPS, MAPS);
    assertRefused(MAPS, MapTypes.channelsLast(3, 1, 1));
  }

  @Test
  void outputType_ofMapsWithChannelsFirst_isRefused() {
    assertRefused(InputType.convolutional(5, 7, 3), InputType.feedForward(3));
  }

  @Test
  void outputType_ofVectors_isRefused() {
    assertRefused(InputType.feedForward(3), InputType.feedForward(3));
  }

  private static void assertRefused(InputType maps, InputType factors) {
    assertThatThrownBy(() -> new ChannelScaleVertex().getOutputType(0, maps, factors))
        .isInstanceOf(InvalidInputTypeException.class)
        .hasMessageContaining("one factor per channel");
  }
}

package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
  private static ClusterSettings at(String master) {
    return new ClusterSettings(master, Map.of());
  }

  @Test
  void workers_ofThisProcess_areItsThreads() {
    assertThat(at("local").workers()).isEqualTo(1);
    assertThat(at("local[3]").workers()).isEqualTo(3);
    assertThat(at("local[3,2]").workers()).isEqualTo(3);
    assertThat(at("local[*]").workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(at("local[3]").isLocal()).isTrue();
  }

  @Test
  void workers_ofOtherMachines_areTheRecipesToSay() {
    assertThat(at("spark://host:7077").isLocal()).isFalse();
    assertThatThrownBy(() -> at("spark://host:7077").workers())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark://host:7077 does not say it: set workers in the recipe");
  }

  @Test
  void setting_thatIsNotSparks_isRefused() {
    assertThatThrownBy(() -> new ClusterSettings("local", Map.of("epochs", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark.executor.memory")
        .hasMessageContaining("'epochs'");
  }
}

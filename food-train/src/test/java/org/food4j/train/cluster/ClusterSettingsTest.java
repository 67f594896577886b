package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
  void master_thatIsNone_isRefused() {
    for (String master :
        List.of("", "locl", "local[two]", "host:7077", "hdfs://host", "spark://")) {
      assertThatThrownBy(() -> at(master))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("local[2], spark://host:7077")
          .hasMessageContaining("not '" + master + "'");
    }
    assertThat(at("yarn").isLocal()).isFalse();
    assertThat(at("k8s://https://host:443").isLocal()).isFalse();
  }

  @Test
  void module_thatIsMissing_isNamed() {
    assertThatThrownBy(() -> SparkLibrary.require(at("yarn")))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("org.apache.spark:spark-yarn_2.12")
        .hasMessageContaining("HADOOP_CONF_DIR");
    assertThatThrownBy(() -> SparkLibrary.require(at("k8s://https://host:443")))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("org.apache.spark:spark-kubernetes_2.12");
  }

  @Test
  void setting_thatIsNotSparks_isRefused() {
    assertThatThrownBy(() -> new ClusterSettings("local", Map.of("epochs", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark.executor.memory")
        .hasMessageContaining("'epochs'");
  }
}

package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.food4j.data.manifest.Dataset;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaPoolTest {
  @TempDir private static Path folder;
  private static Dataset dataset;
  private static SparkCluster spark;

  @BeforeAll
  static void start() throws Exception {
    dataset = StripedPhotos.prepare(folder);
    spark = LocalSpark.open(1);
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.close();
    }
  }

  private static ClusterTraining training() throws Exception {
    return new ClusterTraining(
        dataset,
        RecipeFile.read("scratch", List.of("model=seed_cnn", "input_size=32", "batch_size=8")),
        LocalSpark.MOUNTED + dataset.photoRoot(),
        WeightsCard.EMPTY);
  }

  @Test
  void anotherTraining_freesWhatTheOneBeforeHasLeft() throws Exception {
    ClusterTraining before = training();
    ReplicaPool left = ReplicaPool.enter(before);
    assertThat(before.folder().resolve("photos")).isNotEmptyDirectory();
    left.leave();
    assertThat(before.folder()).isNotEmptyDirectory();

    ClusterTraining now = training();
    ReplicaPool pool = ReplicaPool.enter(now);
    assertThat(before.folder()).doesNotExist();
    ReplicaPool.end(now.id());
    assertThat(now.folder()).as("a task runs").isNotEmptyDirectory();
    pool.leave();
    assertThat(now.folder()).doesNotExist();
  }

  @Test
  void anotherTraining_leavesAloneWhatATaskUses() throws Exception {
    ClusterTraining one = training();
    ClusterTraining other = training();
    ReplicaPool running = ReplicaPool.enter(one);
    ReplicaPool.enter(other).leave();
    assertThat(one.folder()).isNotEmptyDirectory();
    assertThat(ReplicaPool.enter(one)).isSameAs(running);
    running.leave();
    running.leave();
    ReplicaPool.end(one.id());
    ReplicaPool.end(other.id());
    assertThat(one.folder()).doesNotExist();
    assertThat(other.folder()).doesNotExist();
  }

  @Test
  void slots_ofAnExecutor_areItsTasksAtATime() {
    SparkConf conf = new SparkConf(false);
    assertThat(ReplicaPool.slots(conf.set("spark.master", "local[4]"), 8)).isEqualTo(4);
    assertThat(ReplicaPool.slots(conf, 3)).isEqualTo(3);
    conf.set("spark.master", "spark://host:7077").set("spark.executor.cores", "16");
    assertThat(ReplicaPool.slots(conf, 64)).isEqualTo(16);
    assertThat(ReplicaPool.slots(conf.set("spark.task.cpus", "8"), 64)).isEqualTo(2);
    assertThat(ReplicaPool.slots(conf.set("spark.task.cpus", "16"), 64)).isEqualTo(1);
  }
}

package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A process that is asked to end while it has work for Spark. */
class LateShutdownTest {
  /** Ends itself when asked to, as a training does after its step: later than Spark would. */
  public static final class Working {
    private Working() {}

    public static void main(String[] arguments) throws Exception {
      CountDownLatch asked = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(asked::countDown));
      LateShutdown late = new LateShutdown(Duration.ofMinutes(1));
      try (SparkCluster spark = LocalSpark.open(1)) {
        System.out.println("begun");
        asked.await();
        Thread.sleep(1000); // in which Spark would have stopped
        System.out.println(
            "counted " + spark.context().parallelize(List.of(1, 2, 3)).count() + " at the end");
      } finally {
        late.close();
      }
    }
  }

  @Test
  void process_thatIsAskedToEnd_hasSparkUntilItsWorkIsDone() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx600m"));
    Stream.of(System.getProperty("test.options", "").split(" "))
        .filter(option -> !option.isBlank())
        .forEach(command::add);
    command.add(Working.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.equals("begun")) {
          process.toHandle().destroy(); // SIGTERM; its output stays open
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(said).contains("begun", "counted 3 at the end");
  }
}

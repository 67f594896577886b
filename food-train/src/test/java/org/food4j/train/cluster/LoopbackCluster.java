package org.food4j.train.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A stand-alone Spark cluster on this machine: a master and workers, each a process. */
final class LoopbackCluster implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param folder for logs and the workers' files
   */
  LoopbackCluster(Path folder, int workers) throws Exception {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.createDirectories(folder.resolve("jars")); // of a Spark that is installed; ours is not
    start(
        "master",
        "org.apache.spark.deploy.master.Master",
        "--port",
        "" + port,
        "--webui-port",
        "0");
    awaitMaster();
    for (int number = 1; number <= workers; number++) {
      startWorker(number);
    }
  }

  private void awaitMaster() throws Exception {
    Instant end = Instant.now().plus(START);
    while (true) {
      try {
        new Socket("127.0.0.1", port).close();
        return;
      } catch (IOException e) {
        if (Instant.now().isAfter(end)) {
          throw new IllegalStateException("The master has not started; see " + folder, e);
        }
      }
      Thread.sleep(200);
    }
  }

  private void startWorker(int number) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work" + number));
    start(
        "worker" + number,
        "org.apache.spark.deploy.worker.Worker",
        "--cores",
        "1",
        "--memory",
        "2g",
        "--webui-port",
        "0",
        "--work-dir",
        work.toString(),
        "spark://127.0.0.1:" + port);
  }

  /** A connection whose executors have this process's class path; all of them are there. */
  SparkCluster connect() throws Exception {
    SparkCluster cluster =
        SparkCluster.open(
            new ClusterSettings(
                "spark://127.0.0.1:" + port,
                Map.of(
                    "spark.driver.host", "127.0.0.1",
                    "spark.driver.bindAddress", "127.0.0.1",
                    "spark.executor.memory", "1g",
                    "spark.executorEnv.OMP_NUM_THREADS", "1")));
    Instant end = Instant.now().plus(START);
    // the driver itself is told of, too
    while (cluster.context().sc().statusTracker().getExecutorInfos().length < processes.size()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("The executors have not started; see " + folder);
      }
      Thread.sleep(200);
    }
    return cluster;
  }

  private void start(String name, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m"));
    Stream.of(System.getProperty("test.options", "").split(" "))
        .filter(option -> !option.isBlank())
        .forEach(command::add);
    command.addAll(List.of(main, "--host", "127.0.0.1"));
    command.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    process.environment().put("SPARK_HOME", folder.toString());
    process.environment().put("SPARK_SCALA_VERSION", "2.12");
    // The worker's executors are started by this variable's class path and Java.
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    processes.add(process.start());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Kills a worker, and the executor that it has started, as a machine that fails takes both. */
  void kill(int number) {
    Process worker = processes.get(number);
    worker.descendants().forEach(ProcessHandle::destroyForcibly);
    worker.destroyForcibly();
  }

  @Override
  public void close() {
    processes.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    processes.forEach(Process::destroyForcibly);
  }
}

package org.food4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.data.manifest.PhotoFolders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir Path folder;

  /** Another process that holds the lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] place) throws Exception {
      System.out.println(
          DirectoryLock.tryAcquire(new DirectoryPlace(Path.of(place[0]))).isPresent()
              ? "held"
              : "refused");
      Thread.currentThread().join();
    }
  }

  @Test
  void tryAcquire_heldInThisProcess_isEmptyUntilClosed() throws IOException {
    DirectoryPlace place = new DirectoryPlace(folder.resolve("sets/deep/mine"));
    DirectoryLock lock = DirectoryLock.tryAcquire(place).orElseThrow();

    assertThat(DirectoryLock.tryAcquire(place)).isEmpty();
    assertThat(DirectoryLock.tryAcquire(place)).isEmpty();
    lock.close();
    assertThat(PhotoFolders.names(folder)).isEmpty();
    lock = DirectoryLock.tryAcquire(place).orElseThrow();
    PhotoFolders.write(folder.resolve("sets/result"), new byte[1]);
    lock.close();
    lock.close();
    assertThat(PhotoFolders.names(folder.resolve("sets"))).containsExactly("result");
  }

  @Test
  void tryAcquire_heldByAProcess_isEmptyUntilThatIsKilled() throws Exception {
    DirectoryPlace place = new DirectoryPlace(folder.resolve("mine"));
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                place.directory().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("held");
      assertThat(DirectoryLock.tryAcquire(place)).isEmpty();
    } finally {
      holder.destroyForcibly().waitFor();
    }

    assertThat(folder.resolve(".mine.lock")).exists();
    DirectoryLock.tryAcquire(place).orElseThrow().close();
    assertThat(PhotoFolders.names(folder)).isEmpty();
  }

  @Test
  void tryAcquire_heldUnderAnotherSpelling_isEmpty() throws IOException {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
    DirectoryLock lock =
        DirectoryLock.tryAcquire(new DirectoryPlace(folder.resolve("real/mine"))).orElseThrow();

    assertThat(DirectoryLock.tryAcquire(new DirectoryPlace(link.resolve("mine")))).isEmpty();
    assertThat(DirectoryLock.tryAcquire(DirectoryPlace.of(link.resolve("mine")))).isEmpty();
    lock.close();
    DirectoryLock.tryAcquire(DirectoryPlace.of(link.resolve("mine"))).orElseThrow().close();
  }

  @Test
  void tryAcquire_manyThreads_neverTwoAtOnce() throws Exception {
    DirectoryPlace place = new DirectoryPlace(folder.resolve("mine"));
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int turn = 0; turn < 50; turn++) {
                  try {
                    Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(place);
                    if (lock.isPresent()) {
                      most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                      taken.incrementAndGet();
                      holders.decrementAndGet();
                      lock.get().close();
                    }
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(most).hasValue(1);
    assertThat(taken).satisfies(count -> assertThat(count.get()).isPositive());
    assertThat(Files.exists(folder.resolve(".mine.lock"))).isFalse();
  }
}

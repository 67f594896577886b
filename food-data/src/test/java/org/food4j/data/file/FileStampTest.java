package org.food4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampTest {
  @TempDir Path folder;

  @Test
  void of_changedFile_differsEvenWhereTheTimeWasSetBack() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one");
    FileTime time = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
    Files.setLastModifiedTime(file, time);
    FileStamp stamp = FileStamp.of(file);

    assertThat(FileStamp.of(file)).isEqualTo(stamp);
    Assumptions.assumeTrue(stamp.changedNanos() != 0, "This file system has no change time");
    Path other = Files.writeString(folder.resolve("b"), "two");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(FileStamp.of(file).size()).isEqualTo(stamp.size());
    assertThat(FileStamp.of(file).modifiedNanos()).isEqualTo(stamp.modifiedNanos());
    assertThat(FileStamp.of(file)).isNotEqualTo(stamp);
  }

  @Test
  void nanosToSettle_isTheClocksTick() {
    Instant at = Instant.parse("2020-02-02T02:02:02.123456789Z");
    FileStamp fine = new FileStamp(1, nanos(at), 0, 0);
    FileStamp coarse = new FileStamp(1, nanos(at.minusNanos(123456789)), 0, 0);

    assertThat(fine.nanosToSettle(at)).isEqualTo(50_000_000);
    assertThat(fine.isSettled(at.plusMillis(49))).isFalse();
    assertThat(fine.isSettled(at.plusMillis(50))).isTrue();
    assertThat(coarse.isSettled(at.plusMillis(1800))).isFalse();
    assertThat(coarse.isSettled(at.plusMillis(2000))).isTrue();
    assertThat(fine.nanosToSettle(at.minusSeconds(60))).isEqualTo(Long.MAX_VALUE);
    // The change time counts where there is one: the other can be set to anything.
    FileStamp changed = new FileStamp(1, nanos(at.plusSeconds(60)), 7, nanos(at));
    assertThat(changed.isSettled(at.plusMillis(50))).isTrue();
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}

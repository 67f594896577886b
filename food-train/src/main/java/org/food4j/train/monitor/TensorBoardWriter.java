package org.food4j.train.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an event file, which TensorBoard shows: {@code tensorboard --logdir DIRECTORY}. The
 * package's description names its format. Values reach the file with {@link #flush}, {@link #close}
 * or when 64 kB wait, always as whole records; a killed process loses what waits. Not thread-safe.
 *
 * <p>Tags are shown in groups: {@code loss/train} is {@code train} in the group {@code loss}. Steps
 * count from 0 and are TensorBoard's horizontal axis.
 */
public final class TensorBoardWriter implements AutoCloseable {
  /** How the name of every event file begins, which is how TensorBoard finds it. */
  public static final String PREFIX = "events.out.tfevents.";

  private static final String SUFFIX = ".food4j";

  private final Clock clock;
  private final RecordOutput out;

  /**
   * Starts a file of its own beside those that may be there.
   *
   * @param directory an existing one
   * @throws IOException if the file cannot be created
   */
  public TensorBoardWriter(Path directory) throws IOException {
    this(directory, Clock.systemUTC());
  }

  TensorBoardWriter(Path directory, Clock clock) throws IOException {
    this.clock = clock;
    out = create(directory, clock.instant().getEpochSecond());
    write(EventMessages.fileVersion(clock.instant()));
    flush();
  }

  /** The next second's name where this one's is taken: TensorBoard reads files by name. */
  private static RecordOutput create(Path directory, long seconds) throws IOException {
    try {
      return new RecordOutput(directory.resolve(PREFIX + seconds + "." + host() + SUFFIX));
    } catch (FileAlreadyExistsException e) {
      return create(directory, seconds + 1);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its name; only the file's name has it
    }
  }

  /** The file, {@code events.out.tfevents.SECONDS.HOST.food4j}. */
  public Path file() {
    return out.file();
  }

  /**
   * Says that training goes on from a step after an interruption: TensorBoard forgets what earlier
   * files have at this step and later ones.
   *
   * @throws IOException if the file cannot be written
   */
  public void restart(long step) throws IOException {
    write(EventMessages.sessionStart(clock.instant(), step));
  }

  /**
   * Adds a point to a curve.
   *
   * @param value kept with 32 bits
   * @throws IOException if the file cannot be written
   */
  public void scalar(String tag, double value, long step) throws IOException {
    write(step, EventMessages.scalar(tag, (float) value));
  }

  /**
   * Adds a distribution.
   *
   * @throws IOException if the file cannot be written
   */
  public void histogram(String tag, ParameterHistogram histogram, long step) throws IOException {
    write(step, EventMessages.histogram(tag, histogram));
  }

  /**
   * Adds a picture.
   *
   * @throws IOException if the file cannot be written
   */
  public void image(String tag, EncodedImage image, long step) throws IOException {
    write(step, EventMessages.image(tag, image));
  }

  /**
   * Adds a text.
   *
   * @param markdown as TensorBoard shows it, tables included
   * @throws IOException if the file cannot be written
   */
  public void text(String tag, String markdown, long step) throws IOException {
    write(step, EventMessages.text(tag, markdown));
  }

  /**
   * Says with which settings the run was started, for TensorBoard's table of runs and settings.
   *
   * @param run its name in that table
   * @param values numbers, booleans and texts; any other object as its text
   * @throws IOException if the file cannot be written
   */
  public void hyperparameters(String run, Map<String, Object> values) throws IOException {
    Instant now = clock.instant();
    write(0, EventMessages.hyperparameters(now, run, values));
  }

  /**
   * Says that the run with {@link #hyperparameters} has ended.
   *
   * @param success whether it came to its end
   * @throws IOException if the file cannot be written
   */
  public void sessionEnd(boolean success) throws IOException {
    write(0, EventMessages.sessionEnd(clock.instant(), success));
  }

  /**
   * Prepares for another file of a run that goes on: takes a last record of {@link #sessionEnd}
   * away from the files there are, since TensorBoard shows the first that it meets, and half
   * records of a writer that was killed.
   *
   * @return whether there is a file
   * @throws IOException if one is damaged or cannot be written
   */
  public static boolean reopen(Path directory) throws IOException {
    boolean any = false;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        any = true;
        reopenFile(file);
      }
    }
    return any;
  }

  private static void reopenFile(Path file) throws IOException {
    long end = 0;
    try (RecordInput in = new RecordInput(file)) {
      for (Optional<byte[]> event = in.next(); event.isPresent(); event = in.next()) {
        if (EventMessages.isSessionEnd(event.get())) {
          break;
        }
        end = in.position();
      }
    }
    if (end < Files.size(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(end);
      }
    }
  }

  /**
   * Hands all values to the operating system.
   *
   * @throws IOException if the file cannot be written
   */
  public void flush() throws IOException {
    out.flush();
  }

  /**
   * Flushes and ends the file.
   *
   * @throws IOException if the file cannot be written
   */
  @Override
  public void close() throws IOException {
    out.close();
  }

  private void write(long step, Message value) throws IOException {
    write(EventMessages.summary(clock.instant(), step, value));
  }

  private void write(Message event) throws IOException {
    out.write(event.toByteArray());
  }
}

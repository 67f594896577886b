package org.food4j.server.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.server.batch.OverloadedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models by their names, the first one the default. Looks at their files now and then and opens
 * those that were replaced; one that cannot be opened changes nothing. Thread-safe.
 */
public final class ModelRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRegistry.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final ModelSettings settings;
  private final PhotoDecoder decoder;
  private final Semaphore lanes;
  private final Executor answers;
  private final ModelObserver observer;
  private volatile boolean closed;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "models");
            thread.setDaemon(true);
            return thread;
          });

  private static final class Entry {
    private final Path file;
    private volatile ServedModel model;
    private volatile Stamp stamp;

    private Entry(Path file, ServedModel model, Stamp stamp) {
      this.file = file;
      this.model = model;
      this.stamp = stamp;
    }
  }

  /** What tells a file from another in its place. */
  private record Stamp(long size, FileTime modified, Object key) {
    /** Of a file that is not there: that is said once, too. */
    private static final Stamp GONE = new Stamp(-1, FileTime.fromMillis(0), "");

    static Stamp of(Path file) throws IOException {
      if (!Files.exists(file)) {
        return GONE;
      }
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          attributes.size(),
          attributes.lastModifiedTime(),
          Optional.ofNullable(attributes.fileKey()).orElse(""));
    }
  }

  /** Opens all models. */
  public ModelRegistry(
      Map<String, Path> files,
      ModelSettings settings,
      PhotoDecoder decoder,
      Executor answers,
      ModelObserver observer)
      throws IOException {
    this.settings = settings;
    this.decoder = decoder;
    this.answers = answers;
    this.observer = observer;
    lanes = new Semaphore(settings.lanes(), true);
    boolean opened = false;
    try {
      for (Map.Entry<String, Path> file : files.entrySet()) {
        Stamp stamp = Stamp.of(file.getValue());
        ServedModel model = open(file.getKey(), file.getValue());
        entries.put(file.getKey(), new Entry(file.getValue(), model, stamp));
      }
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private ServedModel open(String name, Path file) throws IOException {
    return ServedModel.open(
        name,
        file,
        settings,
        decoder,
        lanes,
        answers,
        (rows, wait, nanos) -> observer.computed(name, rows, wait, nanos));
  }

  /** Begins to look at the files. */
  public void watch(Duration every) {
    watch.scheduleWithFixedDelay(
        this::reload, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Names, the default first. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** All models as they are now; not held, for looking at only. */
  public Collection<ServedModel> models() {
    return entries.values().stream().map(entry -> entry.model).toList();
  }

  /**
   * A model that stays open until it is released.
   *
   * @param name empty for the default
   * @throws OverloadedException once this has been closed
   */
  public Optional<ServedModel> hold(Optional<String> name) {
    Entry entry = entries.get(name.orElseGet(() -> entries.keySet().iterator().next()));
    if (entry == null) {
      return Optional.empty();
    }
    while (!closed) { // replaced in the middle, at worst: then there is a newer one
      ServedModel model = entry.model;
      if (model.hold()) {
        return Optional.of(model);
      }
    }
    throw new OverloadedException("the server is ending");
  }

  /** Opens what was replaced, as the watch does now and then. */
  public synchronized void reload() {
    if (closed) {
      return;
    }
    entries.forEach(
        (name, entry) -> {
          try {
            Stamp stamp = Stamp.of(entry.file);
            if (!stamp.equals(entry.stamp)) {
              replace(name, entry, stamp);
            }
          } catch (IOException | RuntimeException | Error e) { // the watch goes on, whatever it is
            LOG.warn("Model {} stays as it is: {}", name, e.toString());
            observer.reloaded(name, false);
          }
        });
  }

  private void replace(String name, Entry entry, Stamp stamp) throws IOException {
    entry.stamp = stamp; // tried once: a broken file is not opened again and again
    ServedModel next = open(name, entry.file);
    if (!Stamp.of(entry.file).equals(stamp)) {
      next.release(); // written meanwhile: what was opened may be half of each; looked at again
      return;
    }
    ServedModel before = entry.model;
    if (next.version().equals(before.version())) {
      next.release();
      return;
    }
    entry.model = next;
    before.release();
    LOG.info("Model {} replaced: version {} to {}", name, before.version(), next.version());
    observer.reloaded(name, true);
  }

  /**
   * Ends the watch, once it has opened what it may be opening, and closes every model once nobody
   * holds it; waits a while until they are.
   */
  @Override
  public void close() {
    watch.shutdown();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      entries.values().forEach(entry -> entry.model.release());
    }
    entries.values().forEach(entry -> entry.model.awaitClosed(PATIENCE));
  }
}

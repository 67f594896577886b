package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.ScaledPhoto;
import org.junit.jupiter.api.Test;

class PhotoCacheTest {
  private final AtomicInteger loads = new AtomicInteger();

  private ScaledPhoto load(int pixels) {
    loads.incrementAndGet();
    return ScaledPhoto.full(new Photo(pixels, 1, new byte[3 * pixels]));
  }

  @Test
  void get_withinTheBound_loadsOnce() throws IOException {
    PhotoCache cache = new PhotoCache(30);
    ScaledPhoto first = cache.get("a", () -> load(10));

    assertThat(cache.get("a", () -> load(10))).isSameAs(first);
    assertThat(loads).hasValue(1);
  }

  @Test
  void get_beyondTheBound_keepsWhatFits() throws IOException {
    PhotoCache cache = new PhotoCache(30);
    cache.get("a", () -> load(5));
    cache.get("too large", () -> load(6));
    cache.get("b", () -> load(5));
    assertThat(loads).hasValue(3);

    cache.get("a", () -> load(5));
    cache.get("b", () -> load(5));
    assertThat(loads).hasValue(3);
    cache.get("too large", () -> load(6));
    assertThat(loads).hasValue(4);
  }
}

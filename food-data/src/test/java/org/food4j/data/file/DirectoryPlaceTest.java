package org.food4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryPlaceTest {
  @TempDir Path temporary;
  private Path folder;
  private Path real;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = temporary.toRealPath();
    real = Files.createDirectories(folder.resolve("real/photos"));
  }

  @Test
  void of_linkedParents_isTheSamePlaceForAllPaths() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    Files.createSymbolicLink(folder.resolve("deep"), Path.of("link/photos"));

    for (String path : new String[] {"real/photos", "link/photos", "deep", "deep/../photos"}) {
      assertThat(place(path)).as(path).isEqualTo(real);
      assertThat(place(path + "/new/set")).as(path).isEqualTo(real.resolve("new/set"));
    }
    assertThat(place("missing/../link/photos/./set")).isEqualTo(real.resolve("set"));
  }

  @Test
  void of_linksToNothing_isWhereTheyLead() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    Files.createSymbolicLink(folder.resolve("set"), Path.of("other"));
    Files.createSymbolicLink(folder.resolve("other"), Path.of("link/photos/later"));

    assertThat(place("set")).isEqualTo(real.resolve("later"));
    assertThat(place("set/train")).isEqualTo(real.resolve("later/train"));
  }

  @Test
  void of_linksInACircle_isRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));

    assertThatThrownBy(() -> place("one")).isInstanceOf(IOException.class);
  }

  @Test
  void isInsideAndHolds_linkedParents_compareWhatIsMeant() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    DirectoryPlace set = DirectoryPlace.of(link.resolve("photos/set"));

    assertThat(set.isInside(real)).isTrue();
    assertThat(set.isInside(link)).isTrue();
    assertThat(set.isInside(folder.resolve("rea"))).isFalse();
    assertThat(set.isInside(folder.getRoot())).isTrue();
    assertThat(set.holds(real)).isFalse();
    assertThat(DirectoryPlace.of(real).holds(link.resolve("photos/set"))).isTrue();
    assertThat(DirectoryPlace.of(real).holds(link.resolve("photos2"))).isFalse();
  }

  private Path place(String path) throws IOException {
    return DirectoryPlace.of(folder.resolve(path)).directory();
  }
}

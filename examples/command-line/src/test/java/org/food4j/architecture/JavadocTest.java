package org.food4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler's doclint refuses comments with mistakes; that there is one is asked here. */
class JavadocTest {
  @Test
  void project_whatIsPublic_hasAComment() throws IOException {
    assertThat(Javadoc.missing(SourceTree.ofThisProject().mainFiles())).isEmpty();
  }

  @Test
  void source_withEveryGap_reportsEach(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("Bare.java"),
            """
            package p;
            public abstract class Bare {
              public int field;
              protected Bare() {}
              public Bare(int size) {}
              public abstract int size();
              @Override public String toString() { return ""; }
              int packagePrivate() { return 0; }
              public interface Inner { int of(int x); private void own() {} }
              public enum Color { RED }
              /** Fine. */
              public record Point(int x) {
                public Point {}
                /** Fine. */
                public int twice() { return 2 * x; }
              }
              private static class Hidden { public int size() { return 1; } }
            }
            """);
    assertThat(Javadoc.missing(List.of(file)))
        .containsExactlyInAnyOrder(
            "p.Bare",
            "p.Bare.field",
            "p.Bare.Bare()",
            "p.Bare.Bare(int)",
            "p.Bare.size()",
            "p.Bare.Inner",
            "p.Bare.Inner.of(int)",
            "p.Bare.Color",
            "p.Bare.Color.RED");
  }
}

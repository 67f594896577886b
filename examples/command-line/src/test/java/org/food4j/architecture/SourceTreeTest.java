package org.food4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
  private static final int LONGEST = 450;

  private final SourceTree project = SourceTree.ofThisProject();

  @Test
  void project_everyPackage_hasAPackageInfo() throws IOException {
    assertThat(project.packagesWithoutInfo()).isEmpty();
  }

  @Test
  void project_noFile_isLongerThan450Lines() throws IOException {
    assertThat(project.filesLongerThan(LONGEST)).isEmpty();
  }

  @Test
  void project_everyClass_isUnderTheRootPackage() throws IOException {
    assertThat(project.files("main"))
        .isNotEmpty()
        // examples/maven-consumer is somebody else's program
        .allSatisfy(file -> assertThat(file).matches("(org/food4j|com/example)/.*"));
  }

  @Test
  void tree_withEveryFault_reportsEach(@TempDir Path root) throws IOException {
    Path sources = root.resolve("module/src/main/java");
    write(sources.resolve("org/food4j/good/package-info.java"), 1);
    write(sources.resolve("org/food4j/good/Fine.java"), 3);
    write(sources.resolve("org/food4j/bare/Long.java"), 4);
    write(root.resolve("examples/one/src/main/java/com/elsewhere/Other.java"), 1);
    SourceTree tree = new SourceTree(root);
    assertThat(tree.packagesWithoutInfo()).containsExactly("org.food4j.bare");
    assertThat(tree.filesLongerThan(3))
        .containsExactly("module/src/main/java/org/food4j/bare/Long.java: 4");
    assertThat(tree.files("main")).contains("com/elsewhere/Other.java").hasSize(4);
  }

  private static void write(Path file, int lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "// line\n".repeat(lines));
  }
}

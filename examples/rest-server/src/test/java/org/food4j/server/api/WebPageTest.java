package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.food4j.server.http.ApiKeys;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser: runs {@code src/test/web/page.test.mjs}, which says what visitors
 * expect, in headless Chromium against a server of drawn networks.
 */
class WebPageTest {
  private static final Path SCRIPTS = Path.of("src", "test", "web");

  @TempDir Path folder;

  @Test
  void page_inHeadlessChromium_doesWhatVisitorsExpect() throws Exception {
    Path node = required("node");
    Path chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> onPath(name).stream())
            .findFirst()
            .orElseGet(() -> skipped("there is no chromium on the PATH"));
    if (!Files.isDirectory(SCRIPTS.resolve("node_modules/playwright-core"))) {
      skipped("playwright-core is missing: run 'npm ci' in " + SCRIPTS.toAbsolutePath());
    }
    PageFixture.photos(folder);
    try (FoodServer open = PageFixture.server(folder, ApiKeys.NONE);
        FoodServer locked = PageFixture.server(folder, PageFixture.keys(folder))) {
      Path report = folder.resolve("report.tap");
      int code = run(node, chromium, open.address(), locked.address(), report);
      String tap = Files.readString(report);
      assertThat(code).as("What the browser's tests say:%n%s", tap).isZero();
      assertThat(tap).contains("\n# fail 0").doesNotContain("\n# pass 0\n");
    }
  }

  private int run(Path node, Path chromium, URI open, URI locked, Path report)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(node.toString(), "--test", "--test-reporter=tap", "page.test.mjs");
    builder.directory(SCRIPTS.toFile()).redirectErrorStream(true).redirectOutput(report.toFile());
    builder.environment().put("PAGE_CHROMIUM", chromium.toString());
    builder.environment().put("PAGE_OPEN", open.toString());
    builder.environment().put("PAGE_LOCKED", locked.toString());
    builder.environment().put("PAGE_KEY", PageFixture.KEY);
    builder.environment().put("PAGE_MOST_BYTES", Integer.toString(PageFixture.MOST_BYTES));
    builder.environment().put("PAGE_PHOTOS", folder.toString());
    Process process = builder.start();
    boolean ended = false;
    try {
      ended = process.waitFor(5, TimeUnit.MINUTES);
    } finally {
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    }
    return process.exitValue();
  }

  private static Path required(String program) {
    return onPath(program).orElseGet(() -> skipped("there is no " + program + " on the PATH"));
  }

  private static Optional<Path> onPath(String program) {
    List<String> folders =
        Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    return folders.stream()
        .map(one -> Path.of(one).resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path skipped(String reason) {
    return Assumptions.abort("The page is not tested in a browser: " + reason);
  }
}

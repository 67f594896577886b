package org.food4j.notebook;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.tool.JavaShellToolBuilder;

/** The command behind the scripts of this folder. */
public final class Main {
  private static final String USAGE =
      """
      examples/notebooks/run 01|02|...|all [--photos DIR]        runs notebooks; figures go to examples/notebooks/out
      examples/notebooks/run [--interactive 01] [--photos DIR]   opens jshell, after a notebook if one is named""";

  private final Notebooks notebooks;

  private Main(Notebooks notebooks) {
    this.notebooks = notebooks;
  }

  /**
   * Runs, opens or converts notebooks.
   *
   * @param arguments as the scripts give them
   */
  public static void main(String[] arguments) throws Exception {
    Main main =
        new Main(new Notebooks(Path.of(System.getenv().getOrDefault("FOOD_NOTEBOOKS", ""))));
    List<String> words = List.of(arguments);
    String first = words.isEmpty() ? "--interactive" : words.get(0);
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    try {
      System.exit(
          switch (first) {
            case "--interactive" -> main.open(rest);
            case "--kernel" -> kernel(rest.get(0));
            case "--ipynb" -> main.convert();
            case "--help", "-h" -> usage(0);
            default -> main.run(words);
          });
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(usage(2));
    }
  }

  private static int usage(int exit) {
    System.err.println(USAGE);
    return exit;
  }

  private int run(List<String> names) throws IOException {
    for (Path notebook : named(names)) {
      if (!run(notebook)) {
        return 1;
      }
    }
    return 0;
  }

  private List<Path> named(List<String> names) throws IOException {
    List<Path> named = new ArrayList<>();
    for (String name : names) {
      named.addAll(notebooks.named(name));
    }
    return named;
  }

  private static boolean run(Path notebook) throws IOException {
    long start = System.nanoTime();
    String name = String.valueOf(notebook.getFileName());
    System.out.printf("%n== %s%n", name);
    try (NotebookRun run = new NotebookRun(name)) {
      run.run(Cell.read(Files.readString(notebook)));
    } catch (NotebookException e) {
      System.out.flush();
      System.err.println(e.getMessage());
      return false;
    }
    System.out.printf(Locale.ROOT, "-- %s: %.0f s%n", name, (System.nanoTime() - start) / 1e9);
    return true;
  }

  private int open(List<String> names) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--execution",
                "local",
                "--class-path",
                System.getProperty("java.class.path"),
                "--startup",
                "DEFAULT",
                "--startup",
                notebooks.home().resolve("imports.jsh").toString()));
    for (Path notebook : named(names)) {
      options.add(notebook.toString());
    }
    return JavaShellToolBuilder.builder().start(options.toArray(String[]::new));
  }

  private int convert() throws IOException {
    for (Path notebook : notebooks.list()) {
      String name = notebook.getFileName().toString().replaceFirst("\\.jsh$", ".ipynb");
      Files.writeString(
          notebooks.home().resolve(name),
          JupyterNotebook.of(Cell.read(Files.readString(notebook))));
      System.out.println("Wrote " + name);
    }
    return 0;
  }

  /**
   * Becomes the Jupyter kernel, which is on the class path then and not when this is compiled.
   *
   * @param connection the file that Jupyter names
   */
  private static int kernel(String connection) throws Exception {
    Method display =
        Class.forName("org.rapaio.jupyter.kernel.global.Global")
            .getMethod("display", String.class, Object.class);
    Workbench.displayWith((figure, drawing) -> show(display, InlineFigure.of(figure, drawing)));
    // The kernel (3.0.1) takes messages before it knows what to do with them: one that comes early
    // ends the thread that reads them, and Jupyter would wait for ever. A dead kernel it starts
    // anew.
    Thread.setDefaultUncaughtExceptionHandler(Main::endWith);
    Class.forName("org.rapaio.jupyter.kernel.MainApp")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {connection});
    return 0;
  }

  private static void endWith(Thread thread, Throwable failure) {
    failure.printStackTrace();
    if (thread.getName().startsWith("Shell-")) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void show(Method display, InlineFigure figure) {
    try {
      display.invoke(null, figure.mimeType(), figure.base64());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The kernel does not show a picture: " + e.getCause(), e);
    }
  }
}

package org.food4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The project's Markdown pages, and what in them can be wrong.
 *
 * @param root the folder that holds README.md and .github
 */
record Documents(Path root) {
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^()\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");

  /** A call of the command: {@code food}, alone or below a folder, and words after it. */
  private static final Pattern CALL = Pattern.compile("(?:^|[\\s/(])food +([a-z-].*)");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** All pages, the README first. */
  List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(".github"))) {
      return Stream.concat(
              Stream.of(root.resolve("README.md")),
              files.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** Relative links and images that lead nowhere, and anchors that no heading has. */
  List<String> brokenLinks() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String line : lines(page, false)) {
        Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", ""));
        while (link.find()) {
          String target = link.group(1) == null ? link.group(2) : link.group(1);
          if (!target.matches("[a-z]+:.*") && !leadsSomewhere(page, target)) {
            broken.add(root.relativize(page) + ": " + target);
          }
        }
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Path page, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1 || anchors(file).contains(parts[1]);
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return lines(page, false).stream()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** Calls of verbs or options that the command does not have. */
  List<String> unknownCalls(CommandLine food, Set<String> serverOptions) throws IOException {
    List<String> unknown = new ArrayList<>();
    for (Path page : pages()) {
      for (String call : calls(page)) {
        for (String word : unknownWords(food, serverOptions, call)) {
          unknown.add("%s: %s in food %s".formatted(root.relativize(page), word, call));
        }
      }
    }
    return unknown;
  }

  /** What stands after {@code food} in blocks of code, and in code within a sentence. */
  static List<String> calls(Path page) throws IOException {
    List<String> code = new ArrayList<>();
    String all = String.join("\n", lines(page, true)).replace("\\\n", " ");
    code.addAll(all.lines().toList());
    for (String line : lines(page, false)) {
      Matcher inline = CODE.matcher(line);
      while (inline.find()) {
        code.add(inline.group(1).replace("\\|", "|"));
      }
    }
    List<String> calls = new ArrayList<>();
    for (String line : code) {
      for (String command : line.split("\\s(?:&&|\\||;)\\s")) {
        Matcher call = CALL.matcher(command);
        if (call.find()) {
          calls.add(call.group(1).replaceFirst("\\s#.*", "").strip());
        }
      }
    }
    return calls;
  }

  private static List<String> unknownWords(
      CommandLine food, Set<String> serverOptions, String call) {
    List<String> unknown = new ArrayList<>();
    CommandLine verb = food;
    boolean options = false;
    for (String word : call.split("[\\s\\[\\]]+")) {
      if (word.startsWith("-") && word.length() > 1) {
        options = true;
        String name = word.replaceFirst("[=.)].*", "");
        boolean known = verb.getCommandSpec().optionsMap().containsKey(name);
        boolean servers = verb.getCommandName().equals("serve") && serverOptions.contains(name);
        if (!known && !servers) {
          unknown.add(name);
        }
      } else if (!options && verb.getSubcommands().containsKey(word)) {
        verb = verb.getSubcommands().get(word);
      } else if (!options && verb == food) {
        unknown.add(word);
        return unknown;
      }
    }
    return unknown;
  }

  /** Verbs that a page of commands does not call, {@code "data pack"}; hidden ones apart. */
  static Set<String> undocumented(CommandLine food, Path page) throws IOException {
    List<String> calls = calls(page);
    Set<String> missing = new TreeSet<>();
    for (String verb : verbs(food, "")) {
      if (calls.stream().noneMatch(call -> (call + " ").startsWith(verb + " "))) {
        missing.add(verb);
      }
    }
    return missing;
  }

  private static List<String> verbs(CommandLine above, String path) {
    List<String> verbs = new ArrayList<>();
    above
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                verbs.add(path + name);
                verbs.addAll(verbs(command, path + name + " "));
              }
            });
    return verbs;
  }

  /** A page's lines inside, or outside, its fenced blocks. */
  private static List<String> lines(Path page, boolean fenced) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(page)) {
      if (line.strip().startsWith("```")) {
        inside = !inside;
      } else if (inside == fenced) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Names of options in a source file that picocli's annotations give. */
  static Set<String> optionsIn(Path source) throws IOException {
    Set<String> options = new TreeSet<>(Arrays.asList("--help", "--debug"));
    Matcher name = Pattern.compile("names = \"(--[a-z-]+)\"").matcher(Files.readString(source));
    while (name.find()) {
      options.add(name.group(1));
    }
    return options;
  }
}

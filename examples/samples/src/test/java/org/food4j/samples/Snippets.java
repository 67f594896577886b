package org.food4j.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Code between marks, by the name of its region: {@code // region: NAME} to {@code // end region}
 * in a Java file, {@code <!-- region: NAME -->} to {@code <!-- end region -->} around a fenced
 * block of a page. Regions of one name in one file are one snippet. Indentation and empty lines do
 * not count.
 *
 * @param regions lines of code by name
 * @param unmarked first lines of fenced Java blocks outside of any region
 */
record Snippets(Map<String, List<String>> regions, List<String> unmarked) {
  private static final String REGION = "region: ";
  private static final String END = "end region";
  private static final String FENCE = "```";

  /** The regions of a Java file. */
  static Snippets ofJava(List<String> lines) {
    return of(lines, "// ", "");
  }

  /** The regions of a Markdown page, and its Java blocks outside of them. */
  static Snippets ofPage(List<String> lines) {
    return of(lines, "<!-- ", " -->");
  }

  private static Snippets of(List<String> lines, String before, String after) {
    Map<String, List<String>> regions = new LinkedHashMap<>();
    List<String> unmarked = new ArrayList<>();
    String region = null;
    boolean java = false;
    for (String line : lines) {
      String text = line.strip();
      if (text.equals(before + END + after)) {
        region = null;
      } else if (text.startsWith(before + REGION) && text.endsWith(after)) {
        region = text.substring((before + REGION).length(), text.length() - after.length()).strip();
        regions.putIfAbsent(region, new ArrayList<>());
      } else if (text.startsWith(FENCE)) {
        java = text.equals(FENCE + "java");
        if (java && region == null) {
          unmarked.add("");
        }
      } else if (region != null && !text.isEmpty()) {
        regions.get(region).add(text);
      } else if (java && region == null && unmarked.get(unmarked.size() - 1).isEmpty()) {
        unmarked.set(unmarked.size() - 1, text);
      }
    }
    return new Snippets(regions, unmarked);
  }
}

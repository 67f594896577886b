package org.food4j.cli.doctor;

/** The Java that runs this, and whether it can name every file. */
final class JavaCheck {
  private JavaCheck() {}

  static Finding look() {
    return judge(
        "%s (%s), %s, %s %s %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  static Finding judge(String java, String fileNameEncoding) {
    if (!fileNameEncoding.equalsIgnoreCase("UTF-8")) {
      return Finding.warn(
          "Java",
          java + "; file names are read as " + fileNameEncoding,
          "Photos with accents in their names cannot be opened: set LC_ALL=C.UTF-8.");
    }
    return Finding.ok("Java", java);
  }
}

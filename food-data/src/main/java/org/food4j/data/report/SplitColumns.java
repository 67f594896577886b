package org.food4j.data.report;

import org.food4j.data.manifest.Split;
import org.food4j.data.report.DatasetFigures.ClassFigures;

/** What stands above a split's figures, and the figures. */
final class SplitColumns {
  private SplitColumns() {}

  static String heading(Split split) {
    return switch (split) {
      case TRAIN -> "Training";
      case VALIDATION -> "Validation";
      case TEST -> "Test";
    };
  }

  static int count(ClassFigures figures, Split split) {
    return switch (split) {
      case TRAIN -> figures.train();
      case VALIDATION -> figures.validation();
      case TEST -> figures.test();
    };
  }
}

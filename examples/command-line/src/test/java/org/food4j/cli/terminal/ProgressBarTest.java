package org.food4j.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private static final String ERASE = "\r\033[K";

  @Test
  void step_onTerminal_redrawsTheLineInPlace() {
    Screen screen = Screen.interactive();
    Progress progress = screen.terminal().progress("Reading", 4, "photos");
    screen.passSeconds(1);
    progress.step();
    assertThat(screen.err())
        .isEqualTo(ERASE + "Reading [=====               ] 1/4 photos, 1.0/s, 3.0 s left");
    assertThat(screen.out()).isEmpty();
  }

  @Test
  void step_withinATenthOfASecond_isNotDrawn() {
    Screen screen = Screen.interactive();
    Progress progress = screen.terminal().progress("Reading", 1000, "photos");
    for (int i = 0; i < 99; i++) {
      screen.passSeconds(0.001);
      progress.step();
    }
    assertThat(screen.err()).isEmpty();
  }

  @Test
  void step_whenPiped_printsALineEveryHalfMinuteButNotBeforeTheEnd() {
    Screen screen = Screen.piped();
    try (Progress progress = screen.terminal().progress("Training", 95, "batches")) {
      for (int i = 0; i < 95; i++) {
        screen.passSeconds(1);
        progress.step();
      }
    }
    assertThat(screen.err())
        .isEqualTo(
            """
            Training: 30/95 batches, 1.0/s, 1 min 05 s left
            Training: 60/95 batches, 1.0/s, 35 s left
            Training: 95 batches in 1 min 35 s
            """);
  }

  @Test
  void pace_whenKnownBetter_replacesTheCountsOwnAndTheBarMakesRoom() {
    Screen screen = Screen.interactive();
    Progress progress = screen.terminal().progress("Epoch 1/9", 4, "steps");
    screen.passSeconds(2);
    progress.pace("64 photos/s, 12 min left");
    progress.remark("loss 2.100");
    progress.update(2);
    assertThat(screen.err())
        .isEqualTo(
            ERASE
                + "Epoch 1/9 [                   ] 0/4 steps, 64 photos/s, 12 min left, loss 2.100");
  }

  @Test
  void note_whileTheBarIsShown_goesAboveIt() {
    Screen screen = Screen.interactive();
    Progress progress = screen.terminal().progress("Reading", 0, "photos");
    screen.passSeconds(1);
    progress.update(7);
    screen.terminal().note("a warning");
    String bar = "Reading 7 photos, 7.0/s";
    // Text and line end may arrive in one piece or in two.
    assertThat(screen.err().replace(ERASE + "\n", "\n"))
        .isEqualTo(ERASE + bar + ERASE + "a warning\n" + bar);
  }

  @Test
  void close_beforeTheEnd_saysHowFarItCame() {
    Screen screen = Screen.interactive();
    Progress progress = screen.terminal().progress("Reading", 9, "photos");
    screen.passSeconds(75);
    progress.update(3);
    progress.remark("loss 1.2");
    progress.close();
    progress.close();
    assertThat(screen.err()).endsWith(ERASE + "Reading: 3 of 9 photos in 1 min 15 s, loss 1.2\n");
  }

  @Test
  void close_beforeAnythingIsCounted_saysNothing() {
    Screen piped = Screen.piped();
    piped.terminal().progress("Reading", 0, "photos").close();
    assertThat(piped.err()).isEmpty();
    Screen screen = Screen.interactive();
    Progress progress = screen.terminal().progress("Reading", 0, "photos");
    screen.passSeconds(1);
    progress.update(0);
    progress.close();
    assertThat(screen.err()).endsWith(ERASE);
  }

  @Test
  void line_longerThanTheTerminal_isCut() {
    Screen screen = Screen.interactive();
    Progress progress = screen.terminal().progress("R".repeat(200), 9, "photos");
    screen.passSeconds(1);
    progress.step();
    assertThat(screen.err()).hasSize(ERASE.length() + 79);
  }

  @Test
  void update_withATotal_turnsTheCountIntoABar() {
    Screen screen = Screen.interactive();
    Progress progress = screen.terminal().progress("Reading", 0, "photos");
    screen.passSeconds(2);
    progress.update(5, 10);
    assertThat(screen.err())
        .isEqualTo(ERASE + "Reading [==========          ] 5/10 photos, 2.5/s, 2.0 s left");
  }

  @Test
  void progress_negativeTotal_isRefused() {
    Terminal terminal = Screen.piped().terminal();
    assertThatThrownBy(() -> terminal.progress("Reading", -1, "photos"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}

package org.food4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.data.file.OutputFile;
import org.food4j.data.picture.PictureFonts;
import org.food4j.models.explain.ChannelWeighting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code food explain}: where in a photo a network finds what it answers. */
@Command(
    name = "explain",
    description = {
      "Draws where in a photo a trained network finds its answer, as a PNG picture.",
      "gradcam and gradcam++ show what speaks for one class; attention shows the factors of the"
          + " network's own attention blocks."
    },
    footer = {
      "  food explain --model run --photo dinner.jpg --out dinner.png",
      "  food explain --model cam.onnx --photo dinner.jpg --out dinner.png",
      "  food explain --model run --photo dinner.jpg --out why-not.png --class pizza --stage stages.2"
    })
public final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "A run directory, or an .onnx file exported with --cam, which has no gradients: gradcam of"
              + " its last stage alone.")
  private Path model;

  @Option(names = "--photo", required = true, paramLabel = "FILE", description = "The photo.")
  private Path photo;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PNG",
      description = "The picture; an existing file is replaced.")
  private Path out;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      completionCandidates = ExplainMethod.Methods.class,
      converter = ExplainMethod.Methods.class,
      defaultValue = "gradcam")
  private ExplainMethod method;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description =
          "The stage or vertex whose feature maps are looked at (default: the last one): earlier"
              + " ones are finer and know less of the class.")
  private String stage;

  @Option(
      names = "--class",
      paramLabel = "LABEL",
      description = "The class to explain (default: the most probable one).")
  private String label;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Optional<ChannelWeighting> weighting = method.weighting();
    if (weighting.isEmpty() && (stage != null || label != null)) {
      throw new UsageException(
          "--stage and --class belong to gradcam and gradcam++: attention is shown of all stages,"
              + " and for no class");
    }
    if (!Files.isRegularFile(photo)) {
      throw new IllegalArgumentException("There is no photo " + photo);
    }
    OutputFile.requirePlace(out);
    PictureFonts.require();
    ExplainSession session = new ExplainSession(model, photo, out);
    if (weighting.isEmpty()) {
      ExplainSession.Attended attended = session.attention();
      json.print(terminal, attended, () -> attended.lines().forEach(terminal::print));
    } else {
      ExplainSession.Explained explained =
          session.gradients(
              method.key(),
              weighting.get(),
              Optional.ofNullable(stage),
              Optional.ofNullable(label));
      json.print(terminal, explained, () -> explained.lines().forEach(terminal::print));
    }
    return 0;
  }
}

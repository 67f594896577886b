package org.food4j.models.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A network's tensors held against a file's. */
final class TensorMatch {
  private static final String COUNTER = ".num_batches_tracked";

  /**
   * A tensor of the network and its name in the file.
   *
   * @param shape of the network's
   * @param inFile by the file's naming, whether the file has it or not
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Pair(String name, long[] shape, String inFile) {
    /** Both names, where they differ. */
    private String names() {
      return name.equals(inFile) ? name : name + " (" + inFile + ")";
    }
  }

  private final WeightsFile file;
  private final WeightImportOptions options;
  private final WeightLayout layout;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Pair> missing = new ArrayList<>();
  private final List<Pair> misshapen = new ArrayList<>();
  private final List<String> replaced = new ArrayList<>();
  private final List<String> identity = new ArrayList<>();
  private final TensorNames names;
  private final Optional<String> logits;
  private final Set<String> omitted;
  private final Set<String> unexpected;

  /**
   * @param network shapes by torchvision's names, the logits' layer last
   */
  TensorMatch(WeightsFile file, Map<String, long[]> network, WeightImportOptions options) {
    this.file = file;
    this.options = options;
    this.layout =
        options.layout().or(file.card()::layout).orElseGet(() -> WeightLayout.of(file.names()));
    this.unexpected = new TreeSet<>(file.names());
    unexpected.removeIf(name -> name.endsWith(COUNTER));
    this.omitted = new TreeSet<>(file.card().missing());
    omitted.removeAll(file.names());
    this.names = layout.names(network, file.names());
    this.logits = network.keySet().stream().reduce((before, last) -> last).map(ModuleMap::module);
    network.forEach((name, shape) -> sort(new Pair(name, shape, names.inFile(name))));
    for (String name : List.copyOf(unexpected)) {
      if (file.card().identityBlocks().stream()
          .anyMatch(block -> name.startsWith(names.prefixInFile(block)))) {
        identity.add(name);
        unexpected.remove(name);
      }
    }
    replaceHead();
  }

  private void sort(Pair pair) {
    omitted.remove(pair.name());
    omitted.remove(pair.inFile());
    if (!unexpected.remove(pair.inFile())) {
      missing.add(pair);
    } else if (TensorShapes.fit(file.shape(pair.inFile()), pair.shape())) {
      pairs.add(pair);
    } else {
      misshapen.add(pair);
    }
  }

  private boolean inIdentityBlock(String name) {
    return file.card().identityBlocks().stream().anyMatch(block -> name.startsWith(block + "."));
  }

  /** A head is loaded as a whole or not at all: a part of it would mean nothing. */
  private void replaceHead() {
    List<Pair> others = misshapen.stream().filter(p -> options.isHead(p.name())).toList();
    List<String> left =
        options.replacedStage().stream()
            .flatMap(module -> Stream.of(module + ".weight", module + ".bias"))
            .map(names::inFile)
            .filter(unexpected::contains)
            .toList();
    boolean replaceable =
        others.stream().allMatch(p -> options.isStage(p.name()) || differsInOutputs(p));
    boolean lacks = missing.stream().anyMatch(p -> options.isHead(p.name()));
    if (replaceable && (lacks || !others.isEmpty() || !left.isEmpty())) {
      replaced.addAll(left);
      unexpected.removeAll(Set.copyOf(left));
      pairs.stream().filter(p -> options.isHead(p.name())).map(Pair::name).forEach(replaced::add);
      pairs.removeIf(p -> options.isHead(p.name()));
      others.stream().map(Pair::name).forEach(replaced::add);
      misshapen.removeAll(others);
    }
  }

  private boolean differsInOutputs(Pair pair) {
    return TensorShapes.differInOutputs(file.shape(pair.inFile()), pair.shape());
  }

  /** The tensors to load. */
  List<Pair> pairs() {
    return pairs;
  }

  ImportReport report() {
    return new ImportReport(
        pairs.stream().map(Pair::name).toList(),
        missing.stream().map(Pair::name).toList(),
        List.copyOf(unexpected),
        pairs.stream()
            .filter(p -> !Arrays.equals(file.shape(p.inFile()), p.shape()))
            .map(Pair::name)
            .toList(),
        replaced,
        List.copyOf(omitted),
        identity);
  }

  /**
   * Refuses what the options do not allow.
   *
   * @throws WeightsException that lists every tensor that does not fit, or if the number of logits
   *     is not what the file says
   */
  void requireFitting() throws WeightsException {
    List<String> problems = new ArrayList<>();
    for (Pair pair : misshapen) {
      problems.add(
          "%s is %s in the file and %s in the network"
              .formatted(
                  pair.names(),
                  Arrays.toString(file.shape(pair.inFile())),
                  Arrays.toString(pair.shape())));
    }
    unexpected.forEach(name -> problems.add(name + " is in the file and not in the network"));
    missing.stream()
        .filter(pair -> !mayBeMissing(pair))
        .forEach(pair -> problems.add(pair.names() + " is in the network and not in the file"));
    if (!problems.isEmpty()) {
      throw new WeightsException(
          file.file(),
          String.format(
              Locale.ROOT,
              "%d tensors do not fit, nothing was loaded%s: %s",
              problems.size(),
              cause().map(likely -> " (" + likely + ")").orElse(""),
              String.join("; ", problems)));
    }
    requireClasses();
  }

  private void requireClasses() throws WeightsException {
    if (logits.isEmpty() || file.card().classes().isEmpty()) {
      return;
    }
    int classes = file.card().classes().getAsInt();
    for (String leaf : List.of("weight", "bias")) {
      String tensor = names.inFile(logits.get() + "." + leaf);
      if (file.names().contains(tensor)) {
        long[] shape = file.shape(tensor);
        if (shape.length == 0 || shape[0] != classes) {
          throw new WeightsException(
              file.file(),
              String.format(
                  Locale.ROOT,
                  "metadata num_classes is %d, but tensor %s of the logits is %s",
                  classes,
                  tensor,
                  Arrays.toString(shape)));
        }
      }
    }
  }

  private boolean mayBeMissing(Pair pair) {
    return options.allowMissing()
        || options.isHead(pair.name())
        || file.card().missing().contains(pair.inFile())
        || file.card().missing().contains(pair.name())
        || inIdentityBlock(pair.name());
  }

  /** What probably went wrong. */
  private Optional<String> cause() {
    Optional<String> ours = options.architecture();
    Optional<String> theirs = file.card().architecture();
    if (ours.isPresent() && theirs.isPresent() && !ours.equals(theirs)) {
      return Optional.of(
          "the file holds %s, the network is %s".formatted(theirs.get(), ours.get()));
    }
    if (pairs.isEmpty()) {
      return Optional.of(
          "no name of the network is in the file; its names were read as %s's, they look like %s's"
              .formatted(layout.key(), WeightLayout.of(file.names()).key()));
    }
    if (!misshapen.isEmpty() && misshapen.stream().allMatch(this::differsInOutputs)) {
      Pair head = misshapen.get(misshapen.size() - 1);
      boolean one = misshapen.stream().map(p -> outputs(p)).distinct().count() == 1;
      if (one && misshapen.size() <= 2) {
        return Optional.of(
            "the file has %d classes, the network %d: let the head %s be replaced, or build the network for as many"
                .formatted(
                    file.shape(head.inFile())[0], head.shape()[0], ModuleMap.module(head.name())));
      }
    }
    return misshapen.size() + missing.size() + unexpected.size() > pairs.size()
        ? Optional.of("another architecture, or another variant of it")
        : Optional.empty();
  }

  private List<Long> outputs(Pair pair) {
    return List.of(file.shape(pair.inFile())[0], pair.shape()[0]);
  }
}

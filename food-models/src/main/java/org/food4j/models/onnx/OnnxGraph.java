package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The graph of an ONNX model, taken apart to be changed: which node makes a tensor, which ones read
 * it, which tensors are constant. Nodes are immutable messages; a changed one takes the place of
 * the old one. Whatever is not part of the graph, such as metadata, stays as it is. Not
 * thread-safe.
 *
 * <p>Tensors that the body of an {@code If}, {@code Loop} or {@code Scan} reads from outside count
 * as read by that node, and keep their names.
 */
public final class OnnxGraph {
  private final ModelProto model;
  private final Set<String> inputs = new LinkedHashSet<>();
  private final Set<String> outputs = new LinkedHashSet<>();
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();

  /** By their first output, in the order of the file; new ones at the end. */
  private final Map<String, NodeProto> nodes = new LinkedHashMap<>();

  private final Map<String, String> producers = new HashMap<>();
  private final Map<String, Set<String>> readers = new HashMap<>();
  private final Set<String> captured = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, ValueInfoProto> stated = new HashMap<>();

  private OnnxGraph(ModelProto model) {
    this.model = model;
  }

  /**
   * Takes a model apart.
   *
   * @throws IllegalArgumentException if its graph is not one: a tensor is made twice or read
   *     without being made, or nodes wait for each other; or if values lie in files of their own
   */
  public static OnnxGraph of(ModelProto model) {
    OnnxGraph graph = new OnnxGraph(model);
    GraphProto proto = model.getGraph();
    ExternalData.refuse(proto);
    proto.getInputList().forEach(input -> graph.inputs.add(input.getName()));
    proto.getOutputList().forEach(output -> graph.outputs.add(output.getName()));
    for (List<ValueInfoProto> values :
        List.of(proto.getValueInfoList(), proto.getOutputList(), proto.getInputList())) {
      values.forEach(value -> graph.stated.put(value.getName(), value));
    }
    for (TensorProto tensor : proto.getInitializerList()) {
      if (graph.initializers.put(tensor.getName(), tensor) != null) {
        throw new IllegalArgumentException(
            "Weights '%s' are there twice".formatted(tensor.getName()));
      }
    }
    Set<String> given = new HashSet<>(graph.inputs);
    given.addAll(graph.initializers.keySet());
    proto.getSparseInitializerList().forEach(sparse -> given.add(sparse.getValues().getName()));
    graph.names.addAll(given);
    proto.getNodeList().forEach(node -> collectNames(node, graph.names));
    for (NodeProto node : proto.getNodeList()) {
      for (String output : node.getOutputList()) {
        if (given.contains(output) && !output.isEmpty()) {
          throw new IllegalArgumentException("Tensor '%s' is made twice".formatted(output));
        }
      }
      graph.add(node);
    }
    graph.requireMade(given);
    graph.sorted();
    return graph;
  }

  private void requireMade(Set<String> given) {
    List<String> read = new ArrayList<>(outputs);
    nodes.values().forEach(node -> read.addAll(node.getInputList()));
    for (String tensor : read) {
      if (!tensor.isEmpty() && !given.contains(tensor) && !producers.containsKey(tensor)) {
        throw new IllegalArgumentException(
            "Tensor '%s' is read, but nothing makes it".formatted(tensor));
      }
    }
  }

  /** Names of the graph's inputs that are not weights, in order. */
  public List<String> inputs() {
    return inputs.stream().filter(input -> !initializers.containsKey(input)).toList();
  }

  /** Names of the graph's outputs, in order. */
  public List<String> outputs() {
    return List.copyOf(outputs);
  }

  /** Whether a tensor is an output of the graph. */
  public boolean isOutput(String tensor) {
    return outputs.contains(tensor);
  }

  /** The nodes as they are now; an own list, which changes of the graph leave alone. */
  public List<NodeProto> nodes() {
    return List.copyOf(nodes.values());
  }

  /** The nodes in an order of computation that keeps the file's as far as it can. */
  public List<NodeProto> sorted() {
    List<String> keys = new ArrayList<>(nodes.keySet());
    Map<String, Integer> places = new HashMap<>();
    keys.forEach(key -> places.put(key, places.size()));
    int[] missing = new int[keys.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int place = 0; place < missing.length; place++) {
      missing[place] =
          (int) reads(nodes.get(keys.get(place))).stream().filter(producers::containsKey).count();
      if (missing[place] == 0) {
        ready.add(place);
      }
    }
    List<NodeProto> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      NodeProto node = nodes.get(keys.get(ready.remove()));
      sorted.add(node);
      for (String output : node.getOutputList()) {
        for (String reader : readers.getOrDefault(output, Set.of())) {
          int place = places.get(reader);
          if (--missing[place] == 0) {
            ready.add(place);
          }
        }
      }
    }
    if (sorted.size() < keys.size()) {
      throw new IllegalArgumentException("Some nodes of the graph wait for each other");
    }
    return sorted;
  }

  /** The node that makes a tensor; absent for inputs and weights. */
  public Optional<NodeProto> producer(String tensor) {
    return Optional.ofNullable(producers.get(tensor)).map(nodes::get);
  }

  /** The nodes that read a tensor, each once. */
  public List<NodeProto> readers(String tensor) {
    return readers.getOrDefault(tensor, Set.of()).stream().map(nodes::get).toList();
  }

  /**
   * The value of a tensor that is the same at every run: weights that no caller can replace, or the
   * output of a {@code Constant} that holds a tensor.
   */
  public Optional<TensorProto> constant(String tensor) {
    if (initializers.containsKey(tensor)) {
      return inputs.contains(tensor) ? Optional.empty() : Optional.of(initializers.get(tensor));
    }
    return producer(tensor)
        .filter(node -> node.getOpType().equals("Constant") && standard(node))
        .flatMap(node -> node.getAttributeList().stream().findFirst())
        .filter(AttributeProto::hasT)
        .map(attribute -> attribute.getT().toBuilder().setName(tensor).build());
  }

  /** Weights of that name, those too that a caller can replace. */
  public Optional<TensorProto> initializer(String name) {
    return Optional.ofNullable(initializers.get(name));
  }

  /** The shape and type that the file states of a tensor. */
  public Optional<ValueInfoProto> stated(String tensor) {
    return Optional.ofNullable(stated.get(tensor));
  }

  /** Drops what the file states of a tensor, for changes that give it another shape. */
  public void forget(String tensor) {
    stated.remove(tensor);
  }

  /** Whether others know a tensor by its name: an output of the graph, or read in a body. */
  public boolean keepsName(String tensor) {
    return outputs.contains(tensor) || isReadInBody(tensor);
  }

  /** Whether the body of an operation reads a tensor, which so keeps its name and type. */
  public boolean isReadInBody(String tensor) {
    return captured.contains(tensor);
  }

  /** The only node that reads a tensor; absent if there are others, or it {@link #keepsName}. */
  public Optional<NodeProto> onlyReader(String tensor) {
    List<NodeProto> all = readers(tensor);
    return all.size() == 1 && !keepsName(tensor) ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** Whether a node is of ONNX's own domain. */
  public static boolean standard(NodeProto node) {
    return node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
  }

  /** Version of ONNX's own domain that the model is written in; 0 if it does not use it. */
  public int opset() {
    return model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToInt(set -> (int) Math.max(0, Math.min(Integer.MAX_VALUE, set.getVersion())))
        .findFirst()
        .orElse(0);
  }

  /** Domains that the model names, ONNX's own as the empty string. */
  public List<String> domains() {
    return model.getOpsetImportList().stream().map(OperatorSetIdProto::getDomain).toList();
  }

  /** A name that no tensor and no node has: {@code wanted}, or that with a number behind it. */
  public String free(String wanted) {
    String chosen = wanted;
    for (int n = 2; !names.add(chosen); n++) {
      chosen = wanted + "_" + n;
    }
    return chosen;
  }

  /**
   * Adds weights under the name that they carry, in place of those that had it.
   *
   * @return the name
   */
  public String put(TensorProto weights) {
    names.add(weights.getName());
    initializers.put(weights.getName(), weights);
    return weights.getName();
  }

  /**
   * Adds a node, anywhere: the order of computation follows from who reads what.
   *
   * @throws IllegalArgumentException if it makes nothing, or a tensor that another one makes
   */
  public void add(NodeProto node) {
    String key = key(node);
    for (String output : node.getOutputList()) {
      if (!output.isEmpty() && producers.putIfAbsent(output, key) != null) {
        throw new IllegalArgumentException("Tensor '%s' is made twice".formatted(output));
      }
    }
    nodes.put(key, node);
    collectNames(node, names);
    reads(node).forEach(t -> readers.computeIfAbsent(t, k -> new LinkedHashSet<>()).add(key));
    captured.addAll(readInBodies(node));
  }

  /**
   * Adds an operation of the standard domain with one output.
   *
   * @param wanted its name and that of its output, unless another has it
   * @return the name that it got
   */
  public String add(String wanted, OnnxNode node) {
    String chosen = free(wanted);
    add(node.toProto(chosen));
    return chosen;
  }

  /** Takes a node out. Whoever reads its outputs must be changed too. */
  public void remove(NodeProto node) {
    detach(node);
    nodes.remove(key(node));
  }

  /** Puts a node in the place of another one. */
  public void replace(NodeProto old, NodeProto changed) {
    detach(old);
    if (!key(old).equals(key(changed))) {
      nodes.remove(key(old));
    }
    add(changed);
  }

  private void detach(NodeProto node) {
    node.getOutputList().forEach(producers::remove);
    reads(node).forEach(tensor -> readers.get(tensor).remove(key(node)));
  }

  /**
   * Lets a node read another tensor.
   *
   * @param index of the input
   * @return the changed node
   */
  public NodeProto setInput(NodeProto node, int index, String tensor) {
    NodeProto changed = node.toBuilder().setInput(index, tensor).build();
    replace(node, changed);
    return changed;
  }

  /**
   * Lets all nodes that read one tensor read another one.
   *
   * @throws IllegalArgumentException if the body of a control-flow node reads it
   */
  public void redirect(String from, String to) {
    if (captured.contains(from)) {
      throw new IllegalArgumentException(
          "Tensor '%s' is read in the body of an operation and keeps its name".formatted(from));
    }
    for (NodeProto reader : readers(from)) {
      NodeProto.Builder changed = reader.toBuilder();
      for (int i = 0; i < changed.getInputCount(); i++) {
        if (changed.getInput(i).equals(from)) {
          changed.setInput(i, to);
        }
      }
      replace(reader, changed.build());
    }
  }

  /**
   * Takes out a node whose first output equals one of its inputs. Outputs of the graph keep their
   * names.
   *
   * @param input the one that it equals
   * @return whether the node is gone; it stays where names leave no other way: between an input and
   *     an output of the graph, between two of its outputs, around the body of an operation
   */
  public boolean bypass(NodeProto node, String input) {
    String output = node.getOutput(0);
    if (captured.contains(output)) {
      return false;
    }
    if (!isOutput(output)) {
      remove(node);
      redirect(output, input);
      return true;
    }
    Optional<NodeProto> source = producer(input);
    if (source.isEmpty() || isOutput(input) || captured.contains(input)) {
      return false;
    }
    remove(node);
    NodeProto.Builder renamed = source.get().toBuilder();
    renamed.setOutput(source.get().getOutputList().indexOf(input), output);
    replace(source.get(), renamed.build());
    redirect(input, output);
    return true;
  }

  /**
   * Puts the model together again: nodes in an order of computation; without weights that nobody
   * reads and without statements about tensors that are no more.
   */
  public ModelProto toModel() {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    graph.clearNode().clearInitializer().clearValueInfo();
    graph.addAllNode(sorted());
    Set<String> removed = new HashSet<>();
    for (TensorProto tensor : initializers.values()) {
      String name = tensor.getName();
      if (readers.getOrDefault(name, Set.of()).isEmpty() && !isOutput(name)) {
        removed.add(name);
      } else {
        graph.addInitializer(tensor);
      }
    }
    // files of IR version 3 list weights among the inputs
    List<ValueInfoProto> kept =
        graph.getInputList().stream().filter(input -> !removed.contains(input.getName())).toList();
    graph.clearInput().addAllInput(kept);
    for (ValueInfoProto value : model.getGraph().getValueInfoList()) {
      if (producers.containsKey(value.getName()) && stated.containsKey(value.getName())) {
        graph.addValueInfo(value);
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static String key(NodeProto node) {
    return node.getOutputList().stream()
        .filter(output -> !output.isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Node '%s' (%s) makes nothing".formatted(node.getName(), node.getOpType())));
  }

  /** What a node reads, each tensor once: its inputs, and what its bodies read from outside. */
  private static Set<String> reads(NodeProto node) {
    Set<String> reads = new LinkedHashSet<>(node.getInputList());
    reads.addAll(readInBodies(node));
    reads.remove("");
    return reads;
  }

  /** What a node's bodies read from outside, whether or not it is an input of the node, too. */
  private static Set<String> readInBodies(NodeProto node) {
    Set<String> reads = new LinkedHashSet<>();
    bodies(node).forEach(body -> reads.addAll(readsFromOutside(body)));
    reads.remove("");
    return reads;
  }

  private static List<GraphProto> bodies(NodeProto node) {
    List<GraphProto> bodies = new ArrayList<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        bodies.add(attribute.getG());
      }
      bodies.addAll(attribute.getGraphsList());
    }
    return bodies;
  }

  private static Set<String> readsFromOutside(GraphProto body) {
    Set<String> made = new HashSet<>();
    body.getInputList().forEach(input -> made.add(input.getName()));
    body.getInitializerList().forEach(tensor -> made.add(tensor.getName()));
    body.getSparseInitializerList().forEach(sparse -> made.add(sparse.getValues().getName()));
    body.getNodeList().forEach(node -> made.addAll(node.getOutputList()));
    Set<String> read = new LinkedHashSet<>();
    body.getOutputList().forEach(output -> read.add(output.getName()));
    body.getNodeList().forEach(node -> read.addAll(reads(node)));
    read.removeAll(made);
    return read;
  }

  private static void collectNames(NodeProto node, Set<String> names) {
    names.add(node.getName());
    names.addAll(node.getOutputList());
    for (GraphProto body : bodies(node)) {
      body.getInputList().forEach(input -> names.add(input.getName()));
      body.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
      body.getNodeList().forEach(inner -> collectNames(inner, names));
    }
  }
}

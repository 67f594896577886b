package org.food4j.models.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** Module paths of a network and what a file calls them. */
final class ModuleMap {
  private final Map<String, String> modules = new LinkedHashMap<>();

  /** Adds a module. */
  void put(String module, String inFile) {
    modules.put(module, inFile);
  }

  /** A module's name in the file; its own if it was not added. */
  String inFile(String module) {
    return modules.getOrDefault(module, module);
  }

  /** The names of the modules' tensors, whose last parts are the same in the file. */
  TensorNames names() {
    Map<String, String> copy = Map.copyOf(modules);
    return tensor -> {
      String module = module(tensor);
      return copy.getOrDefault(module, module) + tensor.substring(module.length());
    };
  }

  /** A tensor's module: its name without the last part. */
  static String module(String tensor) {
    int dot = tensor.lastIndexOf('.');
    return dot < 0 ? tensor : tensor.substring(0, dot);
  }
}

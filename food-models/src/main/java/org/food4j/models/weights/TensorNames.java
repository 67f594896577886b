package org.food4j.models.weights;

/** What a file calls the tensors of a network. Immutable. */
@FunctionalInterface
public interface TensorNames {
  /**
   * A tensor's name in the file.
   *
   * @param tensor by torchvision's naming: the module's path, a dot, and {@code weight}, {@code
   *     bias}, {@code running_mean} or {@code running_var}
   * @return the tensor's own name if the layout has no other
   */
  String inFile(String tensor);

  /**
   * What the names of a block's tensors begin with in the file, whether the network has the block
   * or not.
   *
   * @param block the module's path by torchvision's naming, such as {@code layer1.2}
   */
  default String prefixInFile(String block) {
    return block + ".";
  }
}

package org.food4j.models.weights.keras;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.weights.WeightLayout;
import org.food4j.models.weights.WeightsCard;
import org.food4j.models.weights.WeightsException;
import org.food4j.models.weights.WeightsFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of {@code keras.applications}' VGG16 or ResNet-50, or of a network with their layers'
 * names. A tensor's name is the layer's, a dot, and {@code kernel, bias, gamma, beta, moving_mean}
 * or {@code moving_variance}; shapes and channel order are PyTorch's (see the package).
 *
 * <p>Read as a whole when opened, because DL4J's reader tells a data set's shape only with its
 * values: VGG16 takes 0.6 GB until this object is let go. Immutable and thread-safe.
 */
public final class KerasWeights implements WeightsFile {
  private static final String MODEL = "model_weights";
  private static final String VGG_FIRST = "block1_conv1.kernel";
  private static final String VGG_LAST = "block5_conv3.kernel";
  private static final String VGG_DENSE = "fc1.kernel";
  private static final String RESNET_FIRST = "conv1_conv.kernel";

  /** Keras subtracts it from red, green and blue between 0 and 255. */
  private static final List<Float> MEAN = List.of(123.68f / 255, 116.779f / 255, 103.939f / 255);

  private static final List<Float> STD = List.of(1f / 255, 1f / 255, 1f / 255);

  private final Path file;
  private final Map<String, INDArray> tensors;
  private final WeightsCard card;

  private KerasWeights(Path file, Map<String, INDArray> tensors, WeightsCard card) {
    this.file = file;
    this.tensors = tensors;
    this.card = card;
  }

  /**
   * Reads a file.
   *
   * @throws WeightsException if it is no HDF5 file, or has no layers as Keras writes them; the
   *     message names the data set that cannot be understood
   * @throws IOException if it cannot be read
   */
  public static KerasWeights open(Path file) throws IOException {
    Hdf5Superblock.requireWhole(file);
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    try (Hdf5Archive archive = new Hdf5Archive(file.toString())) {
      String[] top = archive.getGroups().contains(MODEL) ? new String[] {MODEL} : new String[0];
      for (String layer : archive.getGroups(top)) {
        addLayer(file, archive, layer, with(top, layer), tensors);
      }
    } catch (RuntimeException e) { // what the native library throws
      throw new WeightsException(file, "not readable as HDF5: " + e.getMessage(), e);
    }
    if (tensors.isEmpty()) {
      throw new WeightsException(
          file,
          "it has no group with a data set kernel:0 per layer, as Keras' model.save('x.h5') and"
              + " save_weights('x.h5') write it");
    }
    return new KerasWeights(file, tensors, card(tensors));
  }

  private static void addLayer(
      Path file, Hdf5Archive archive, String layer, String[] group, Map<String, INDArray> tensors)
      throws WeightsException {
    for (String dataSet : archive.getDataSets(group)) {
      String place = String.join("/", with(group, dataSet));
      KerasParameter parameter =
          KerasParameter.of(dataSet)
              .orElseThrow(
                  () ->
                      new WeightsException(
                          file,
                          "data set %s: its name ends with none of %s"
                              .formatted(place, KerasParameter.suffixes())));
      INDArray values;
      try {
        values = parameter.turned(archive.readDataSet(dataSet, group));
      } catch (UnsupportedKerasConfigurationException | IllegalArgumentException e) {
        throw new WeightsException(file, "data set " + place + ": " + e.getMessage(), e);
      }
      if (tensors.put(layer + "." + parameter.key(), values) != null) {
        throw new WeightsException(
            file, "data set %s: layer %s has two of them".formatted(place, layer));
      }
    }
    for (String inner : archive.getGroups(group)) {
      addLayer(file, archive, layer, with(group, inner), tensors);
    }
  }

  private static String[] with(String[] groups, String inner) {
    List<String> all = new ArrayList<>(List.of(groups));
    all.add(inner);
    return all.toArray(String[]::new);
  }

  private static WeightsCard card(Map<String, INDArray> tensors) {
    WeightsCard.Builder card =
        WeightsCard.builder().layout(WeightLayout.KERAS).padding(PaddingRule.SYMMETRIC);
    if (tensors.containsKey(VGG_FIRST)) {
      card.architecture("vgg16").mean(MEAN).std(STD);
    } else if (tensors.containsKey(RESNET_FIRST)) {
      card.architecture("keras_resnet50").mean(MEAN).std(STD).batchNormEps(1.001e-5);
    }
    INDArray head = tensors.get("predictions.bias");
    if (head != null) {
      card.classes((int) head.length());
    }
    return card.build();
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  @Override
  public WeightsCard card() {
    return card;
  }

  @Override
  public long[] shape(String name) {
    return tensor(name).shape().clone();
  }

  @Override
  public float[] values(String name) {
    INDArray values = tensor(name);
    if (name.equals(VGG_FIRST) || name.equals(RESNET_FIRST)) {
      values = ChannelOrder.reversed(values);
    } else if (name.equals(VGG_DENSE) && tensors.containsKey(VGG_LAST)) {
      values = ChannelOrder.channelsFirst(values, tensor(VGG_LAST).size(0));
    }
    return values.dup('c').data().asFloat();
  }

  private INDArray tensor(String name) {
    INDArray tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(file + " has no tensor " + name);
    }
    return tensor;
  }
}

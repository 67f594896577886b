package org.food4j.models.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.food4j.models.layer.ParameterSlot.Role;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Lays a layer's parameters out in its part of the network's vectors. Stateless. */
final class SlotInitializer implements ParamInitializer {
  static final SlotInitializer INSTANCE = new SlotInitializer();

  private SlotInitializer() {}

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return slots(layer).stream().mapToLong(ParameterSlot::length).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return keys(layer, role -> true);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(layer, Role.WEIGHT::equals);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(layer, Role.BIAS::equals);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray vector, boolean initialize) {
    MapLayer layer = (MapLayer) configuration.getLayer();
    Map<String, INDArray> views = views(layer, vector);
    for (ParameterSlot slot : layer.slots()) {
      configuration.addVariable(slot.key());
      if (initialize) {
        INDArray view = views.get(slot.key());
        if (slot.role() == Role.WEIGHT) {
          layer.initializeWeights(slot, view);
        } else {
          view.assign(slot.role().initial());
        }
      }
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray vector) {
    return views((MapLayer) configuration.getLayer(), vector);
  }

  private static Map<String, INDArray> views(MapLayer layer, INDArray vector) {
    INDArray flat = vector.reshape(vector.length());
    Map<String, INDArray> views = Collections.synchronizedMap(new LinkedHashMap<>());
    long start = 0;
    for (ParameterSlot slot : layer.slots()) {
      long end = start + slot.length();
      INDArray view = flat.get(NDArrayIndex.interval(start, end));
      views.put(slot.key(), view.reshape('c', slot.shape()));
      start = end;
    }
    return views;
  }

  private static List<String> keys(Layer layer, Predicate<Role> kind) {
    return slots(layer).stream()
        .filter(slot -> kind.test(slot.role()))
        .map(ParameterSlot::key)
        .toList();
  }

  private static List<ParameterSlot> slots(Layer layer) {
    return ((MapLayer) layer).slots();
  }
}

package org.food4j.models.inference;

/** ONNX Runtime cannot compute where it was told to: its library or the machine lacks it. */
public final class UnavailableProviderException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was asked for, what there is, and what to do
   */
  public UnavailableProviderException(String message) {
    super(message);
  }
}

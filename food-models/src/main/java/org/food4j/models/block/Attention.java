package org.food4j.models.block;

import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.activations.Activation;

/** The attention that a residual block may have on its last convolution. */
public enum Attention {
  /** What the network's table says. */
  OWN {
    @Override
    Optional<AttentionBlock> block(int channels) {
      throw new IllegalStateException("The network's own attention is not resolved");
    }
  },

  /** Without any. */
  NONE {
    @Override
    Optional<AttentionBlock> block(int channels) {
      return Optional.empty();
    }
  },

  /** Squeeze-and-excitation, reduction 16, with a rectifier. */
  SE {
    @Override
    Optional<AttentionBlock> block(int channels) {
      return Optional.of(
          new SqueezeExcitation(channels, Math.max(1, channels / REDUCTION), Activation.RELU));
    }
  },

  /** Efficient channel attention. */
  ECA {
    @Override
    Optional<AttentionBlock> block(int channels) {
      return Optional.of(new EfficientChannelAttention(channels));
    }
  },

  /** Channel and spatial attention, reduction 16. */
  CBAM {
    @Override
    Optional<AttentionBlock> block(int channels) {
      return Optional.of(new Cbam(channels, Math.max(1, channels / REDUCTION)));
    }
  };

  private static final int REDUCTION = 16;

  /**
   * The block for maps of so many channels.
   *
   * @throws IllegalStateException of {@link #OWN}, which has none of its own
   */
  abstract Optional<AttentionBlock> block(int channels);

  /** The block for maps of so many channels, or the network's own for {@link #OWN}. */
  public Optional<AttentionBlock> blockOr(int channels, Optional<AttentionBlock> own) {
    return this == OWN ? own : block(channels);
  }

  /** Adds the block, if there is one, and returns the name of the output. */
  String wire(NetworkBuilder net, String name, String input, int channels) {
    return block(channels).map(block -> block.wire(net, name, input)).orElse(input);
  }

  /** This, or what the network's table says where this is {@link #OWN}. */
  public Attention or(Attention own) {
    return this == OWN ? own : this;
  }

  /** The name in files and on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.food4j.data.photo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The frame header of a JPEG (ITU-T T.81, B.2.2): its size, and how its components are sampled.
 *
 * @param components in the file's order; 1, 3 or 4
 */
record JpegFrame(int width, int height, boolean progressive, List<Component> components) {
  private static final int BLOCK = 8;

  /** One component: its name in scans, and its sampling factors, 1 to 4. */
  record Component(int id, int horizontal, int vertical) {}

  static JpegFrame read(EncodedBytes in, long at, long end, boolean progressive)
      throws PhotoException {
    int precision = in.unsigned8(at);
    int count = in.unsigned8(at + 5);
    if (end - at != 6 + 3L * count) {
      throw new PhotoException("damaged JPEG: a frame header of the wrong length");
    }
    if (precision != 8 || (count != 1 && count != 3 && count != 4)) {
      throw new PhotoException(
          String.format(
              Locale.ROOT,
              "a JPEG of %d components with %d bits is not supported: save it with 8 bits, as grey,"
                  + " colour or CMYK",
              count,
              precision));
    }
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long entry = at + 6 + 3L * i;
      int sampling = in.unsigned8(entry + 1);
      Component component = new Component(in.unsigned8(entry), sampling >> 4, sampling & 0xf);
      if (outside(component.horizontal) || outside(component.vertical)) {
        throw new PhotoException("damaged JPEG: a sampling factor outside 1 to 4");
      }
      components.add(component);
    }
    return new JpegFrame(
        in.bigEndian16(at + 3), in.bigEndian16(at + 1), progressive, List.copyOf(components));
  }

  private static boolean outside(int sampling) {
    return sampling < 1 || sampling > 4;
  }

  /** What the components mean, as libjpeg decides it from the segments before the first scan. */
  JpegColour colour(boolean jfif, int adobeTransform) {
    if (components.size() == 1) {
      return JpegColour.GREY;
    }
    if (components.size() == 4) {
      return adobeTransform > 0 ? JpegColour.YCCK : JpegColour.CMYK;
    }
    boolean named =
        components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
    boolean rgb = adobeTransform >= 0 ? adobeTransform == 0 : named;
    return rgb && !jfif ? JpegColour.RGB : JpegColour.YCBCR;
  }

  /** Blocks of all components, filled up to whole units. */
  long blocks() {
    return components.stream().mapToLong(c -> (long) c.horizontal * c.vertical).sum() * units();
  }

  /** Blocks that a scan of these components visits. */
  long blocks(List<Component> scan) {
    if (scan.size() > 1) {
      return scan.stream().mapToLong(c -> (long) c.horizontal * c.vertical).sum() * units();
    }
    Component only = scan.get(0);
    return ceil((long) width * only.horizontal, (long) BLOCK * widest())
        * ceil((long) height * only.vertical, (long) BLOCK * highest());
  }

  private long units() {
    return ceil(width, (long) BLOCK * widest()) * ceil(height, (long) BLOCK * highest());
  }

  private int widest() {
    return components.stream().mapToInt(Component::horizontal).max().orElseThrow();
  }

  private int highest() {
    return components.stream().mapToInt(Component::vertical).max().orElseThrow();
  }

  private static long ceil(long a, long b) {
    return (a + b - 1) / b;
  }
}

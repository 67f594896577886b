package org.food4j.data.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.data.photo.ScaledPhoto;

/**
 * How a photo becomes a network's input. The one definition: training's evaluation, the ONNX file
 * and a server all use this class, and the model file carries its JSON.
 *
 * <p>The shorter side is resized to {@code resizeShorterSide}, the middle {@code inputSize} x
 * {@code inputSize} pixels are cut out, divided by 255, and normalised per channel to {@code (value
 * - mean) / std}. Immutable and thread-safe; the same photo gives the same bits, alone or in a
 * batch.
 *
 * @param inputSize height and width of the network's input in pixels, 1 to {@value #MOST_SIDE}
 * @param resizeShorterSide of the photo before the centre crop, in pixels, {@code inputSize} to
 *     {@value #MOST_SIDE}
 * @param interpolation the filter of the resize
 * @param mean per channel (red, green, blue), of values between 0 and 1; finite
 * @param std per channel, above 0, finite
 */
@JsonPropertyOrder({"inputSize", "resizeShorterSide", "interpolation", "mean", "std"})
public record Preprocessing(
    @JsonProperty(required = true) int inputSize,
    @JsonProperty(required = true) int resizeShorterSide,
    @JsonProperty(required = true) Interpolation interpolation,
    @JsonProperty(required = true) List<Float> mean,
    @JsonProperty(required = true) List<Float> std) {
  /** Mean of ImageNet's training photos, as most published weights expect it. */
  public static final List<Float> IMAGENET_MEAN = List.of(0.485f, 0.456f, 0.406f);

  /** Standard deviation of ImageNet's training photos. */
  public static final List<Float> IMAGENET_STD = List.of(0.229f, 0.224f, 0.225f);

  /** The most pixels of a side, of the input and of the photo resized for it. */
  public static final int MOST_SIDE = 8192;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(com.fasterxml.jackson.databind.MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a size is outside its range, there are not three channels,
   *     a number is not finite, or a standard deviation is not above 0
   */
  public Preprocessing {
    if (inputSize < 1 || resizeShorterSide < inputSize || resizeShorterSide > MOST_SIDE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The shorter side (%d px) is resized to at least the input's size (%d px), which is at"
                  + " least 1, and to at most %d",
              resizeShorterSide,
              inputSize,
              MOST_SIDE));
    }
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3
        || std.size() != 3
        || !mean.stream().allMatch(Float::isFinite)
        || !std.stream().allMatch(s -> s > 0 && Float.isFinite(s))) {
      throw new IllegalArgumentException(
          "Mean and std have three finite channels each, std above 0: mean %s, std %s"
              .formatted(mean, std));
    }
  }

  /**
   * ImageNet's usual evaluation for an input size: shorter side 1.14 times the input (256 for 224),
   * bilinear, ImageNet mean and standard deviation.
   */
  public static Preprocessing imagenet(int inputSize) {
    return new Preprocessing(
        inputSize,
        Math.round(inputSize * 8f / 7),
        Interpolation.BILINEAR,
        IMAGENET_MEAN,
        IMAGENET_STD);
  }

  /**
   * The same for an input of another size: the shorter side is resized in proportion, so that the
   * network sees as much of the photo.
   *
   * @param inputSize in pixels, in the range of a preprocessing's
   */
  public Preprocessing withInputSize(int inputSize) {
    long shorterSide = Math.round((double) resizeShorterSide * inputSize / this.inputSize);
    return new Preprocessing(
        inputSize,
        (int) Math.max(inputSize, Math.min(shorterSide, MOST_SIDE)),
        interpolation,
        mean,
        std);
  }

  /** Number of floats of one photo: {@code 3 * inputSize * inputSize}. */
  public int inputLength() {
    return 3 * inputSize * inputSize;
  }

  /**
   * How much of a photo's detail counts: the shorter side to ask a decoder for, in pixels. Twice
   * what the photo is resized to: JPEG decoded at a reduced scale and then resized by half or more
   * differs from all of it resized by less than a level in 255.
   */
  public int decodedShorterSide() {
    return 2 * resizeShorterSide;
  }

  /**
   * Decodes and preprocesses one photo, without detail that makes no difference.
   *
   * @param encoded the whole file's bytes; not modified
   * @return {@code [3, inputSize, inputSize]} (red, green, blue), float32, owned by the caller
   * @throws PhotoException if the bytes are not a usable photo
   */
  public float[] apply(byte[] encoded, PhotoDecoder decoder) throws PhotoException {
    return apply(decoder.decode(encoded, decodedShorterSide()));
  }

  /**
   * Preprocesses one photo.
   *
   * @return {@code [3, inputSize, inputSize]} (red, green, blue), float32, owned by the caller
   */
  public float[] apply(ScaledPhoto photo) {
    float[] input = new float[inputLength()];
    apply(photo, input, 0);
    return input;
  }

  /**
   * Preprocesses a photo decoded at full size: for pixels that come from elsewhere. What training
   * and servers see of a file is {@link #apply(byte[], PhotoDecoder)}; for a large JPEG it differs
   * by less than a level of 255.
   */
  public float[] apply(Photo photo) {
    return apply(ScaledPhoto.full(photo));
  }

  /** Preprocesses one photo into a batch: {@code [3, inputSize, inputSize]} from {@code offset}. */
  public void apply(ScaledPhoto photo, float[] batch, int offset) {
    int pixels = inputSize * inputSize;
    float[][] tables = {table(0), table(1), table(2)};
    square(
        photo,
        CropPosition.CENTRE,
        (y, red, green, blue) -> {
          int row = offset + y * inputSize;
          look(red, tables[0], batch, row);
          look(green, tables[1], batch, row + pixels);
          look(blue, tables[2], batch, row + 2 * pixels);
        });
  }

  private static void look(int[] in, float[] table, float[] out, int offset) {
    for (int x = 0; x < in.length; x++) {
      out[offset + x] = table[in[x] + RowSink.ZERO];
    }
  }

  /** Clips and normalises. */
  private float[] table(int channel) {
    float[] table = new float[RowSink.VALUES];
    for (int i = 0; i < table.length; i++) {
      table[i] = Math.max(0, Math.min(255, i - RowSink.ZERO)) * scale(channel) + shift(channel);
    }
    return table;
  }

  private float scale(int channel) {
    return 1 / (255 * std.get(channel));
  }

  private float shift(int channel) {
    return -mean.get(channel) / std.get(channel);
  }

  /** The photo's middle as the network sees it, before normalisation: what a person can look at. */
  public Photo crop(ScaledPhoto photo) {
    return crop(photo, CropPosition.CENTRE);
  }

  /**
   * Another square of the resized photo, before normalisation: for test-time augmentation.
   *
   * @return {@code inputSize} x {@code inputSize} pixels
   */
  public Photo crop(ScaledPhoto photo, CropPosition position) {
    byte[] rgb = new byte[inputLength()];
    square(
        photo,
        position,
        (y, red, green, blue) -> Resampler.interleave(red, green, blue, rgb, 3 * y * inputSize));
    return new Photo(inputSize, inputSize, rgb);
  }

  /** The middle of a photo decoded at full size. */
  public Photo crop(Photo photo) {
    return crop(ScaledPhoto.full(photo));
  }

  /** Decoded photos always fit; a strip of pixels from elsewhere need not. */
  private int resized(int side, double ratio) {
    long resized = Math.round(side * ratio);
    if (resized > (long) PhotoLimits.MOST_ASPECT * MOST_SIDE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A side of %d pixels would be resized to %d: a photo's side is at most %d times the"
                  + " other",
              side,
              resized,
              PhotoLimits.MOST_ASPECT));
    }
    return Math.max(inputSize, (int) resized);
  }

  private void square(ScaledPhoto photo, CropPosition position, RowSink sink) {
    double ratio = (double) resizeShorterSide / Math.min(photo.width(), photo.height());
    int width = resized(photo.width(), ratio);
    int height = resized(photo.height(), ratio);
    new Resampler(interpolation)
        .window(
            photo.pixels(),
            Box.whole(photo),
            width,
            height,
            position.x(width - inputSize),
            position.y(height - inputSize),
            inputSize,
            inputSize,
            sink);
  }

  /**
   * Writes a photo that already has the input's size as {@code [3, inputSize, inputSize]},
   * normalised. Training's augmentation ends here too.
   *
   * @throws IllegalArgumentException if the photo has another size
   */
  public void normalise(Photo photo, float[] batch, int offset) {
    if (photo.width() != inputSize || photo.height() != inputSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The network takes %d x %d pixels, not %d x %d",
              inputSize,
              inputSize,
              photo.width(),
              photo.height()));
    }
    int pixels = inputSize * inputSize;
    byte[] rgb = photo.rgb();
    float[] red = table(0);
    float[] green = table(1);
    float[] blue = table(2);
    for (int to = offset, from = 0; from < rgb.length; to++, from += 3) {
      batch[to] = red[(rgb[from] & 0xff) + RowSink.ZERO];
      batch[to + pixels] = green[(rgb[from + 1] & 0xff) + RowSink.ZERO];
      batch[to + 2 * pixels] = blue[(rgb[from + 2] & 0xff) + RowSink.ZERO];
    }
  }

  /** The JSON that {@code preprocessing.json} and model files hold. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Preprocessing always has a JSON form", e);
    }
  }

  /**
   * Reads {@link #toJson()}'s form.
   *
   * @throws IllegalArgumentException if a key is missing, unknown or out of range
   */
  public static Preprocessing fromJson(String json) {
    try {
      return JSON.readValue(json, Preprocessing.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Not a preprocessing definition: " + e.getOriginalMessage(), e);
    }
  }
}

package org.food4j.data.datavec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bytedeco.javacv.Frame;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.loader.NativeImageLoader;
import org.datavec.image.transform.FlipImageTransform;
import org.datavec.image.transform.PipelineImageTransform;
import org.food4j.data.photo.Photo;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.data.transform.HorizontalFlip;
import org.food4j.data.transform.PhotoTransform;
import org.food4j.data.transform.TestPhotos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.common.primitives.Pair;

class PhotoImageTransformTest {
  @TempDir private Path folder;
  private final Photo photo = TestPhotos.noise(37, 29, 1);
  private final PhotoTransform standard =
      Augmentation.STANDARD.transform(Preprocessing.imagenet(15));

  /** The photo as DataVec itself loads it from a lossless file. */
  private ImageWritable loaded(Photo photo) throws IOException {
    BufferedImage image =
        new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < photo.width() * photo.height(); i++) {
      int rgb =
          (photo.rgb()[3 * i] & 0xff) << 16
              | (photo.rgb()[3 * i + 1] & 0xff) << 8
              | photo.rgb()[3 * i + 2] & 0xff;
      image.setRGB(i % photo.width(), i / photo.width(), rgb);
    }
    Path png = folder.resolve("photo.png");
    ImageIO.write(image, "png", png.toFile());
    return new NativeImageLoader().asWritable(png.toFile());
  }

  private static Photo photo(ImageWritable image) {
    try (PhotoFrameConverter converter = new PhotoFrameConverter()) {
      return converter.convert(image.getFrame());
    }
  }

  @Test
  void transform_ofDataVecsImage_givesTheDirectPathsPixels() throws IOException {
    ImageWritable image = loaded(photo);

    ImageWritable result =
        new PhotoImageTransform(standard, new Random(0)).transform(image, new Random(9));

    Photo direct = standard.apply(photo, new Random(9));
    assertThat(photo(result).rgb()).isEqualTo(direct.rgb());
    assertThat(result.getWidth()).isEqualTo(15);
    assertThat(photo(image).rgb()).as("the image given").isEqualTo(photo.rgb());
  }

  @Test
  void transform_withoutAStream_drawsFromItsOwn() throws IOException {
    ImageWritable image = loaded(photo);
    PhotoImageTransform transform = new PhotoImageTransform(standard, new Random(9));

    assertThat(photo(transform.transform(image)).rgb())
        .isEqualTo(standard.apply(photo, new Random(9)).rgb());
    assertThat(photo(transform.getCurrentImage()).width()).isEqualTo(15);
  }

  @Test
  void transform_beforeDataVecsFlipInOnePipeline_givesItMirroredPixels() throws IOException {
    PipelineImageTransform pipeline =
        new PipelineImageTransform(
            List.of(
                new Pair<>(new PhotoImageTransform(standard, new Random(9)), 1.0),
                new Pair<>(new FlipImageTransform(1), 1.0)),
            false);

    Photo result = photo(pipeline.transform(loaded(photo)));

    Photo direct = standard.apply(photo, new Random(9));
    assertThat(result.rgb()).isEqualTo(new HorizontalFlip(1).apply(direct, new Random(0)).rgb());
  }

  @Test
  void transform_ofGreyImage_isRefused() {
    ImageWritable grey = new ImageWritable(new Frame(4, 4, Frame.DEPTH_UBYTE, 1));

    assertThatThrownBy(
            () -> new PhotoImageTransform(standard, new Random(0)).transform(grey, new Random(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 channels");
  }
}

package org.food4j.data.datavec;

import java.util.Random;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.transform.BaseImageTransform;
import org.food4j.data.photo.Photo;
import org.food4j.data.transform.PhotoTransform;

/**
 * A {@link PhotoTransform} as a DataVec {@code ImageTransform}, for any DataVec pipeline ({@code
 * ImageRecordReader}, {@code PipelineImageTransform}). The pixels are those of the direct call; the
 * two copies between the forms are the only cost on top.
 *
 * <p>Images are DataVec's: 8-bit blue, green, red. DataVec's rules hold: one thread at a time; the
 * result is the caller's, and {@code getCurrentImage()} gives it again; {@code query} is not
 * supported.
 */
public final class PhotoImageTransform extends BaseImageTransform<Photo> {
  private final PhotoTransform transform;

  /**
   * @param transform what to do
   * @param random the stream for DataVec's calls that bring none; {@code transform(image, random)}
   *     uses the stream it is given
   */
  public PhotoImageTransform(PhotoTransform transform, Random random) {
    super(random);
    this.transform = transform;
    this.converter = new PhotoFrameConverter();
  }

  /**
   * @throws IllegalArgumentException if the image is not 8 bits deep with three channels
   */
  @Override
  protected ImageWritable doTransform(ImageWritable image, Random random) {
    Photo photo = converter.convert(image.getFrame());
    return new ImageWritable(
        converter.convert(transform.apply(photo, random == null ? this.random : random)));
  }

  @Override
  public String toString() {
    return "PhotoImageTransform(" + transform + ")";
  }
}

/**
 * Photos as pixels: decoding, upright orientation, limits, and JPEG to store or show them.
 *
 * <p>Owns {@link org.food4j.data.photo.Photo}, {@link org.food4j.data.photo.YccPixels} for photos
 * whose luma and colour are still apart, and the two {@link org.food4j.data.photo.PhotoDecoder}s
 * that make one of a file's bytes: the fast {@link org.food4j.data.photo.NativePhotoDecoder} for
 * photos that one chose, the memory-safe {@link org.food4j.data.photo.ImageIoPhotoDecoder} for
 * photos from strangers. Both read the same structure, keep the same limits and give the same
 * pixels up to rounding. Every other stage takes photos from here; this package uses nothing of the
 * library's, and no ND4J.
 *
 * <p>Formats read, told by their content: JPEG (ITU-T T.81; baseline, extended and progressive, 8
 * bits, Huffman-coded), PNG (ISO/IEC 15948), WebP (RFC 9649, still pictures), Windows BMP, and the
 * first frame of GIF (GIF89a). Both decoders give the same: 8-bit RGB; of 16 bits the upper 8;
 * turned upright by the EXIF orientation (CIPA DC-008) in JPEG's APP1 segment, PNG's eXIf chunk or
 * WebP's EXIF chunk; transparent pixels over white; CMYK by {@code ink * black / 255}; ICC profiles
 * ignored.
 *
 * <p>A file goes through three steps. Its structure is read by code of ours, which checks that it
 * is complete, finds size and orientation, and sets apart what the pixels depend on. Its cost in
 * memory and time is estimated and held against {@link org.food4j.data.photo.PhotoLimits}. Only
 * then does a library decode it, from the parts set apart.
 */
package org.food4j.data.photo;

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
 * <p>Formats read: JPEG (ITU-T T.81: baseline, extended and progressive Huffman coding of 8 bits),
 * PNG (ISO/IEC 15948), WebP (RFC 9649, still pictures), Windows BMP and the first frame of GIF89a,
 * told by their content.
 */
package org.food4j.data.photo;

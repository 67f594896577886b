/**
 * Photos as pixels: decoding, upright orientation, limits, and JPEG to store or show them.
 *
 * <p>Owns {@link org.food4j.data.photo.Photo} and the {@link org.food4j.data.photo.PhotoDecoder}
 * that makes one of a file's bytes. Every other stage takes photos from here; this package uses
 * nothing of the library's, and no ND4J.
 *
 * <p>Formats read: JPEG (ITU-T T.81), PNG (ISO/IEC 15948), WebP (RFC 9649, still pictures) and
 * Windows BMP, told by their content.
 */
package org.food4j.data.photo;

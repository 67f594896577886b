/**
 * Photos that look alike: the perceptual hash, and groups of photos whose hashes are close.
 *
 * <p>Takes pixels from {@code data.photo} and the resize from {@code data.preprocess}; {@code
 * data.scan} hashes with it, {@code data.split} keeps groups together. Knows hashes and pixels, no
 * files and no classes.
 */
package org.food4j.data.duplicate;

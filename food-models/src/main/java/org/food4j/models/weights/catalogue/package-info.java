/**
 * Published weights by name: where they are, how they were trained, and a cache on disk.
 *
 * <p>Stage: above {@code weights} and {@code weights.keras}, which read the files.
 *
 * <h2>The catalogue</h2>
 *
 * <p>Addresses follow Hugging Face's scheme, {@code BASE/timm/MODEL.TAG/resolve/main/
 * model.safetensors}. What an entry says about preprocessing, padding and batch norm was read from
 * timm's definitions (its commit {@code aa4b5850}, 2026); no file was fetched, so that each entry
 * is marked as not verified.
 *
 * <h2>The cache</h2>
 *
 * <p>In one folder:
 *
 * <ul>
 *   <li>{@code NAME.safetensors}: the weights, complete.
 *   <li>{@code NAME.safetensors.sha256}: their SHA-256 as {@code sha256sum} writes it, pinned by
 *       the first download; every later use of the file is held against it.
 *   <li>{@code .NAME.safetensors.part} and {@code .part.etag}: what has arrived of a download that
 *       broke off, and of which version of the file; the next one resumes it.
 *   <li>{@code .NAME.safetensors.lock}: while a process downloads.
 * </ul>
 */
package org.food4j.models.weights.catalogue;

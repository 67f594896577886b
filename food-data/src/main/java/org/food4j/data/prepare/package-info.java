/**
 * From a photo folder to a dataset directory, in one call.
 *
 * <p>Owns {@link org.food4j.data.prepare.DatasetPreparation}, which strings the stages {@code
 * data.photo}, {@code data.manifest} and {@code data.split} together. Writes the dataset directory,
 * whose format {@code data.manifest} owns.
 */
package org.food4j.data.prepare;

/**
 * This module's parts as DataVec types, for DataVec code of anybody's.
 *
 * <p>Last stage of the module, beside {@code data.batch}. Owns the faces alone: {@link
 * org.food4j.data.datavec.PhotoImageTransform} over {@code data.transform}, {@link
 * org.food4j.data.datavec.PhotoRecordReader}, {@link org.food4j.data.datavec.DatasetPathFilter} and
 * {@link org.food4j.data.datavec.DatasetLabelGenerator} over {@code data.manifest}. Nothing in this
 * module imports this package.
 *
 * <p>With DataVec's own reader, and images decoded by DataVec:
 *
 * <pre>{@code
 * Dataset dataset = Dataset.open(Path.of("dataset"));
 * InputSplit photos =
 *     new FileSplit(dataset.photoRoot().toFile())
 *         .sample(new DatasetPathFilter(dataset, Split.TRAIN))[0];
 * ImageRecordReader reader =
 *     new ImageRecordReader(224, 224, 3, new DatasetLabelGenerator(dataset));
 * reader.initialize(
 *     photos,
 *     new PhotoImageTransform(
 *         Augmentation.STANDARD.transform(Preprocessing.imagenet(224)), new Random(42)));
 * }</pre>
 */
package org.food4j.data.datavec;

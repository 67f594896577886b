package org.food4j.data.prepare;

/**
 * What came out of a preparation, in photos.
 *
 * @param classes in the data set
 * @param kept different photos in the data set
 * @param rejected files left out, as listed in {@code rejected.csv}
 * @param train lines of the training part, over-sampled copies included
 * @param validation lines of the validation part
 * @param test lines of the test part
 * @param read files that were read; the others were known from the last preparation
 */
public record PreparationSummary(
    int classes, int kept, int rejected, int train, int validation, int test, int read) {}

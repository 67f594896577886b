/**
 * Twelve programs to read from top to bottom, one idea each. {@code examples/samples/run 05} starts
 * the fifth.
 *
 * <p>Stage: examples, at the top; depends on all modules, and nothing depends on it. Every sample
 * takes a folder, a temporary one unless it is named, and keeps in it what it makes: {@code photos}
 * (drawn, unless a folder per class is there already), {@code dataset}, {@code run}, {@code
 * model.onnx}. What an earlier sample has left there is used, and a sample that trains again does
 * so beside it. {@link org.food4j.samples.SampleFolder} sees to that; the rest of each program is
 * what a reader would write. Regions of them are the Java code of the README and of the pages in
 * {@code .github/docs}, which a test compares.
 *
 * <ol>
 *   <li>{@link org.food4j.samples.Sample01ClassifyPhoto}
 *   <li>{@link org.food4j.samples.Sample02PrepareDataset}
 *   <li>{@link org.food4j.samples.Sample03Train}
 *   <li>{@link org.food4j.samples.Sample04Evaluate}
 *   <li>{@link org.food4j.samples.Sample05OwnArchitecture}
 *   <li>{@link org.food4j.samples.Sample06OwnLayer}
 *   <li>{@link org.food4j.samples.Sample07OwnAugmentation}
 *   <li>{@link org.food4j.samples.Sample08Transfer}
 *   <li>{@link org.food4j.samples.Sample09OptimiseAndQuantise}
 *   <li>{@link org.food4j.samples.Sample10Explain}
 *   <li>{@link org.food4j.samples.Sample11Benchmark}
 *   <li>{@link org.food4j.samples.Sample12OtherDomain}
 * </ol>
 */
package org.food4j.samples;

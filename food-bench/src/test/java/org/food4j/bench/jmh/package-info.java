/**
 * Micro-benchmarks of single steps, on JMH: from a photo's bytes to a network's input, and one call
 * of a model. {@code food bench} measures whole models; these are for work on the steps.
 *
 * <p>They are compiled with the tests and run by hand, from the folder of the parent POM:
 *
 * <pre>{@code
 * mvn -q -Pjmh -DskipTests -pl food-bench -am integration-test
 * mvn -q -Pjmh -DskipTests -pl food-bench -am integration-test \
 *     "-Djmh.arguments=InferenceBenchmark -p model=/path/model.onnx -p batch=1,8"
 * }</pre>
 *
 * <p>{@code jmh.arguments} are those of {@code org.openjdk.jmh.Main}: which benchmarks, {@code -f}
 * forks, {@code -wi} and {@code -i} iterations, {@code -rf json -rff FILE} for a file. Relative
 * paths begin at {@code food-bench}.
 */
package org.food4j.bench.jmh;

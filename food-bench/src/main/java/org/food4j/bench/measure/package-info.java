/**
 * How to measure: warm-up, alternating rounds, raw samples. Uses food-train; fills {@code result}.
 *
 * <p><b>A JVM for each model and round.</b> {@link org.food4j.bench.measure.WorkerProcesses} starts
 * a new process for every opening of a model, rather than one per runtime, for four reasons. OpenMP
 * threads of DL4J and the pool of ONNX Runtime spin for a while after each call, and take the
 * processor from whatever is measured next. Neither library gives all its memory back, so that the
 * growth of resident memory is only a model's own in a process that opened no other. Opening a
 * model includes the runtime's start only in a new process, as it does for whoever starts a server.
 * And times differ more between processes than within one (memory layout, the order in which the
 * JVM compiles), so that only rounds that are processes tell how far another start would differ;
 * the intervals of {@code bench.compare} draw rounds for that reason. The price is a second or two
 * per round, and a warm-up in each.
 *
 * <p>The library has no main class: the program that uses it says how such a process is started, by
 * a {@link org.food4j.bench.measure.WorkerLauncher}, and lets it call {@link
 * org.food4j.bench.measure.Worker#run}. Tasks and results are files of a temporary directory.
 * {@link org.food4j.bench.measure.InProcessMeasurer} does without, for a quick look.
 *
 * <p>A model is timed with photos of the data set, decoded and normalised beforehand; a call takes
 * a whole batch from a Java array to logits in a Java array.
 */
package org.food4j.bench.measure;

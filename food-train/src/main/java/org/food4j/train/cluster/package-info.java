/**
 * Work on many machines, by Apache Spark 3: training by parameter averaging, and prediction of many
 * photos.
 *
 * <p>Uses {@code loop, recipe, transfer}, food-models' inference and food-data's data sets. It is
 * the one package that uses Spark and Hadoop, which are provided: whoever does not use this package
 * needs neither.
 *
 * <p><b>Averaging.</b> The driver runs the epochs as any training does: schedule, validation,
 * checkpoints, report. A round broadcasts the training's state (parameters, batch normalisation's
 * statistics, the optimiser's state, counts), each of {@code workers} tasks makes {@code
 * averaging_frequency} steps on batches of its own, and the driver averages what comes back, in the
 * workers' order and in double precision. A task is a function of state, epoch, step and worker, so
 * that a repeated one changes nothing.
 *
 * <p><b>Why not DL4J's.</b> DL4J's own training masters (1.0.0-M2, the last) link against 1.0.0-M2.1,
 * and train. They call {@code ComputationGraph.fit}, and so leave out what is done here outside of
 * it: accumulated and clipped gradients, averaged weights, seeds of dropout by step. They split
 * whatever batches they are given by random, without a seed, and count iterations of a worker and
 * not of the training, on which learning rates depend here.
 */
package org.food4j.train.cluster;

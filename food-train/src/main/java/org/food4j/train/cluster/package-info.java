/**
 * Work on many machines, by Apache Spark 3: training by parameter averaging, prediction of many
 * photos, and reading the photos that a data set is made of.
 *
 * <p>Uses {@code loop, recipe, transfer}, food-models' architectures, weights' cards and inference,
 * and food-data's data sets. It is the one package that uses Spark and Hadoop, which are provided:
 * whoever does not use this package needs neither. What it writes is said in {@link
 * org.food4j.train.cluster.BatchPrediction} and {@link org.food4j.train.cluster.AnswerFormat}; a
 * training leaves the same run directory as any.
 *
 * <p><b>Preparation.</b> {@link org.food4j.train.cluster.SparkPhotos} lists photos of any Hadoop
 * file system and has them read, hashed and decoded by the cluster's tasks, each by {@link
 * org.food4j.data.scan.PhotoExamination} as without a cluster; everything else is food-data's. What
 * comes of a file depends on its bytes alone, so that a repeated task changes nothing.
 *
 * <p><b>Averaging.</b> The driver runs the epochs as any training does: schedule, validation,
 * checkpoints, report. A round broadcasts the training's state (parameters, batch normalisation's
 * statistics, the optimiser's state, counts), each of {@code workers} tasks makes {@code
 * averaging_frequency} steps on batches of its own, and the driver averages what comes back, in the
 * workers' order and in double precision. A task is a function of state, epoch, step and worker, so
 * that a repeated one changes nothing.
 *
 * <p><b>Why not DL4J's.</b> {@code dl4j-spark_2.12} 1.0.0-M2, the last, links against 1.0.0-M2.1
 * and Spark 3.5 where Scala is held at 2.12.18, and its {@code ParameterAveragingTrainingMaster}
 * trains {@code se_cnn} with this library's layers, loss and optimisers. But it calls {@code
 * ComputationGraph.fit}, and a recipe means more than that: gradients that are accumulated and
 * clipped, averaged weights, dropout that depends on seed and step, augmentation on seed, epoch and
 * photo. It takes batches made beforehand and splits them at random: two trainings with one seed on
 * the same 16 batches ended their first epoch with scores of 0.381 and 0.336. {@code
 * SharedTrainingMaster} (gradient sharing) does not start with the Aeron that its POM brings: 1.32
 * refuses the time-outs that it sets (publicationUnblockTimeoutNs at most clientLivenessTimeoutNs).
 */
package org.food4j.train.cluster;

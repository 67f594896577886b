package org.food4j.architecture.broken.train.loop;

import org.apache.spark.api.java.JavaSparkContext;

/** Uses Spark beside the one package that may. */
record SparkRounds(JavaSparkContext spark) {}

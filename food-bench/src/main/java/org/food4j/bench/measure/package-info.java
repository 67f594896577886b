/**
 * How to measure: warm-up, alternating rounds, raw samples. Uses food-train; fills {@code result}.
 */
package org.food4j.bench.measure;

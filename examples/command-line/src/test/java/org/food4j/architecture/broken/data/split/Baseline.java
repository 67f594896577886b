package org.food4j.architecture.broken.data.split;

/** A name that only looks like a forbidden one. */
final class Baseline {}

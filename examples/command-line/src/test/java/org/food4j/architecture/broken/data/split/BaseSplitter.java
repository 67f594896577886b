package org.food4j.architecture.broken.data.split;

/** A name that says nothing. */
final class BaseSplitter {}

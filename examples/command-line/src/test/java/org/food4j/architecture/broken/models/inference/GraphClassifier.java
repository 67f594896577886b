package org.food4j.architecture.broken.models.inference;

import org.food4j.architecture.broken.models.graph.Graph;

/** Needs ND4J, though it names none of its classes. */
record GraphClassifier(Graph graph) {}

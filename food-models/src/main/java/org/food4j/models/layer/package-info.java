/**
 * DL4J layers and vertices of our own, and the start of the native engine under them.
 *
 * <p>Stage: below {@code block}. Uses DL4J and ND4J. A layer here is serialisable in a graph's JSON
 * like any of DL4J's, and its class name is part of every checkpoint that holds it. DL4J's JSON
 * sees what has a getter or an annotation: every setting here is an annotated field.
 */
package org.food4j.models.layer;

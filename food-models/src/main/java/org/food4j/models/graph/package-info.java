/**
 * A DL4J graph behind the interface that all runtimes share.
 *
 * <p>Uses {@code inference} (the interface) and DL4J; {@code inference} itself stays free of ND4J.
 */
package org.food4j.models.graph;

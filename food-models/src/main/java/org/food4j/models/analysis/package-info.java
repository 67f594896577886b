/**
 * What a network costs: parameters and multiply-additions, counted as papers do.
 *
 * <p>Reads DL4J graphs; used by whoever reports a network. 1 MAC = 1 multiply-addition.
 */
package org.food4j.models.analysis;

/**
 * Dynamic micro-batches: rows that come one by one are computed together as soon as there is time
 * for them, and never wait for others to come.
 *
 * <p>Stage: beside {@code http}; knows neither HTTP nor models.
 */
package org.food4j.server.batch;

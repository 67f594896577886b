/**
 * The server's endpoints: predictions, models and labels, explanations, the Open Inference
 * Protocol, metrics, and the page.
 *
 * <p>Stage: above {@code answer}; the paths are listed in {@code openapi.json}.
 */
package org.food4j.server.api;

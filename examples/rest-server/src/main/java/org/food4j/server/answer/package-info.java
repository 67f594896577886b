/**
 * From a photo's bytes to an answer: decoded by as many threads as there are cores, computed in
 * batches, remembered by content.
 *
 * <p>Stage: above {@code model} and {@code batch}; uses the problems of {@code http}.
 */
package org.food4j.server.answer;

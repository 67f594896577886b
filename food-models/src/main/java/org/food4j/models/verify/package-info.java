/**
 * Networks held against numbers that another framework computed from the same weights.
 *
 * <p>Stage: above {@code architecture} and {@code weights}; used by the command line and by tests.
 */
package org.food4j.models.verify;

/**
 * What the server's tests share: drawn networks and photos, a client that can send anything, and
 * load.
 *
 * <p>Stage: beside the tests; above {@code api}.
 */
package org.food4j.server.testing;

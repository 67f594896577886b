/**
 * Models that are served: opened from their files, several by name, and replaced when their files
 * are, without a request being lost.
 *
 * <p>Stage: above {@code batch}; knows no HTTP.
 */
package org.food4j.server.model;

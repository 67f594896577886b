/**
 * What was measured, as values. Uses nothing of ours; used by {@code measure, compare} and {@code
 * report}.
 */
package org.food4j.bench.result;

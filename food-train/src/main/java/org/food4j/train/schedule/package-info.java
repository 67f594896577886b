/** Learning rates by step, as ND4J schedules. Used by {@code loop}; uses nothing of ours. */
package org.food4j.train.schedule;

/** Optimisers as settings of a DL4J configuration. Used by {@code loop}; uses nothing of ours. */
package org.food4j.train.optimizer;

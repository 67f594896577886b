/** Windows onto a running training. Implements {@code loop}'s observer; nothing depends on it. */
package org.food4j.train.monitor;

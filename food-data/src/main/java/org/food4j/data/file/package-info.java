/**
 * Files and directories that are written whole or not at all, who may write them, what tells
 * whether they changed, which names are one to some file systems, and rows of comma-separated
 * values; how their readers' threads end. Used by every stage that writes; uses nothing.
 *
 * <p>Beside a directory or file {@code NAME} that is written here may lie: {@code .NAME.preparing},
 * not finished yet; {@code .NAME.replaced}, the older one on its way out; {@code .NAME.writing}, a
 * file not finished yet; {@code .NAME.lock}, held by who writes. A killed process leaves them; the
 * next one cleans up.
 */
package org.food4j.data.file;

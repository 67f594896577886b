/**
 * Files that are written whole or not at all, and their rows of comma-separated values. Used by
 * every stage that writes; uses nothing.
 */
package org.food4j.data.file;

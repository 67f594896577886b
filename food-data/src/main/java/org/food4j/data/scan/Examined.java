package org.food4j.data.scan;

import java.io.Serializable;

/**
 * What a {@link PhotoReader} found in a file.
 *
 * @param finding a photo, or why it is none
 * @param lasting whether the file's bytes alone decided, so that they need not be read again
 */
public record Examined(Finding finding, boolean lasting) implements Serializable {}

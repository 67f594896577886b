package org.food4j.data.scan;

import java.io.Serializable;
import org.food4j.data.file.FileStamp;

/**
 * A file that may be a photo, not yet read.
 *
 * @param path relative to the photo root, with {@code /} between folders
 * @param className the class folder's name
 * @param stamp tells of changes; its size is the file's
 */
public record PhotoFile(String path, String className, FileStamp stamp) implements Serializable {}

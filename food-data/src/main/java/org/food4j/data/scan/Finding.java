package org.food4j.data.scan;

import java.io.Serializable;

/** What became of a file below a photo folder. */
public sealed interface Finding extends Serializable permits ScannedPhoto, Rejection {}

package org.food4j.data.scan;

/** What became of a file below a photo folder. */
sealed interface Finding permits ScannedPhoto, Rejection {}

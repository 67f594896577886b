/**
 * This module's parts as DataVec types, for DataVec code of anybody's.
 *
 * <p>Owns the faces alone: {@link org.food4j.data.datavec.PhotoImageTransform} over {@code
 * data.transform}. DataVec's images come in and go out; nothing in this module imports this
 * package.
 */
package org.food4j.data.datavec;

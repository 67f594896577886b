package org.food4j.data.synthetic;

import org.food4j.data.photo.Photo;
import org.food4j.data.preprocess.Box;

/**
 * A drawn photo, and where the dish is in it.
 *
 * @param photo 8-bit RGB, its shorter side {@link DrawnDishes#SHORTER_SIDE} pixels
 * @param box around the food, with the bowl that holds it but without a plate or board below it;
 *     pixels, wholly inside the photo (a corner of a dish may stick out by a pixel or two)
 */
public record DrawnDish(Photo photo, Box box) {}

/**
 * Drawn dishes: a procedural generator of pictures that pass for small food photos, for a first run
 * without photos, for continuous integration and for tests.
 *
 * <p>Ten classes in five near-alike pairs (burger and sandwich, idli and momos, noodle bowl and
 * rice bowl, pizza and tart, samosa and spring rolls). They differ by shape and texture: the
 * colours of the food come from palettes that all classes share, and table, crockery, clutter,
 * camera and light are drawn without regard to the class, so that colour alone does not tell them
 * apart.
 *
 * <p>Owns: the drawings, and the folder that {@link org.food4j.data.synthetic.DrawnDishes#write}
 * writes: {@code CLASS/CLASS-0000.jpg} and so on for every class, and a text file {@code
 * .drawn-dishes} that marks the folder as written by this package. Its three lines are {@code
 * format=1}, {@code seed=} and {@code per_class=}.
 *
 * <p>Arrows: takes {@code photo} for the pixels, {@code preprocess} for the rectangle around a dish
 * and {@code manifest} for the labels; nothing flows in. Everything is drawn by Java2D without
 * fonts, images or a screen. One seed gives the same pixels and the same bytes on one Java release,
 * whatever the thread or the order of drawing.
 */
package org.food4j.data.synthetic;

/**
 * Notebooks: the numbered {@code .jsh} files of this folder, run, opened, and turned into Jupyter
 * notebooks. Behind the scripts {@code run}, {@code to-ipynb} and {@code jupyter}.
 *
 * <p>Owns what a notebook stands on ({@link org.food4j.notebook.Workbench}) and how one is read: in
 * blocks between blank lines. A block of {@code //} lines alone is prose in Markdown, every other
 * one is a cell of code. Depends on {@code food-bench} and all below it.
 *
 * <p>Format: the {@code .ipynb} files (nbformat 4.5) have these blocks as their cells, in order,
 * and are made from the {@code .jsh} files alone; what a cell printed and showed is kept in them as
 * Jupyter wrote it.
 */
package org.food4j.notebook;

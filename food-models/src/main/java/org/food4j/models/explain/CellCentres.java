package org.food4j.models.explain;

/**
 * Where the cells of a feature map look at: the centres of their receptive fields, in pixels of the
 * network's input, where pixel 0 lies at 0 (Araujo, Norris and Sim 2019, "Computing Receptive
 * Fields of Convolutional Neural Networks", Distill, eq. 4).
 *
 * <p>To spread a map evenly over the photo instead, as is common, draws the heat of a network whose
 * 3x3 convolutions of stride 2 are padded by 1 up to half a cell too far down and to the right: 16
 * pixels at 1/32 of the input's size.
 *
 * @param firstRow of the upper row of cells
 * @param rowStep from row to row, above 0
 * @param firstColumn of the left column
 * @param columnStep from column to column, above 0
 */
public record CellCentres(double firstRow, double rowStep, double firstColumn, double columnStep) {
  /** Every pixel of the input looks at itself. */
  public static final CellCentres PIXELS = new CellCentres(0, 1, 0, 1);

  /** Cells that share an area of that many pixels evenly. */
  static CellCentres even(int cellRows, int cellColumns, int height, int width) {
    double rowStep = (double) height / cellRows;
    double columnStep = (double) width / cellColumns;
    return new CellCentres((rowStep - 1) / 2, rowStep, (columnStep - 1) / 2, columnStep);
  }
}

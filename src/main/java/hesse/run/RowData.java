package hesse.run;

/**
 * Rows as the engine reads them: columns by index, each row-major.
 *
 * @param count how many rows
 * @param from the first row, so that slices share the arrays
 */
public record RowData(int count, int from, double[][] columns) {}

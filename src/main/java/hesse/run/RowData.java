package hesse.run;

/** Rows as the engine reads them: columns by index, each row-major. */
public interface RowData {
    /** How many rows. */
    int count();

    /** Makes {@code count} rows of a column readable in a window, as its k-th. */
    void open(int column, int row, int count, Window window, int k);

    /**
     * Columns in arrays.
     *
     * @param from the first row, so that slices share the arrays
     */
    record Arrays(int count, int from, double[][] columns, int[] widths) implements RowData {
        @Override
        public void open(int column, int row, int count, Window window, int k) {
            window.set(k, columns[column], (from + row) * widths[column]);
        }
    }
}

package hesse.kernel;

/**
 * A row-major block of numbers in an array: entry (i, j) at {@code start + i stride + j}. Products take their operands
 * as blocks, so that where one starts is said once, by what knows the array: {@link #of} where it is the whole array,
 * {@link Tiles#block} where it is a tile, and parts of those. A vector is a block of one row. C2 does not always see
 * that a block need not be made: calls that may allocate nothing keep theirs, and hand whole vectors as arrays.
 *
 * @param start index of the first entry
 * @param stride from a row to the next
 */
public record Block(double[] data, int start, int stride, int rows, int columns) {
    /** A block that lies in its array. */
    public Block {
        assert rows >= 0 && columns >= 0 && start >= 0 && (rows < 2 || columns <= stride)
                : start + ": " + rows + " x " + columns + " by " + stride;
        assert rows == 0 || columns == 0 || start + (rows - 1L) * stride + columns <= data.length
                : rows + " x " + columns + " from " + start
                + " by " + stride + " in " + data.length;
    }

    /** A matrix that starts with its array, a row right behind the other. */
    public static Block of(double[] data, int rows, int columns) {
        return new Block(data, 0, columns, rows, columns);
    }

    /** A vector that starts with its array. */
    public static Block vector(double[] data, int length) {
        return new Block(data, 0, length, 1, length);
    }

    /** A part of a vector that is an array. */
    public static Block vector(double[] data, int first, int length) {
        return new Block(data, first, length, 1, length);
    }

    /** The block of this one whose first entry is (row, column). */
    public Block part(int row, int column, int partRows, int partColumns) {
        assert row + partRows <= rows && column + partColumns <= columns
                : partRows + " x " + partColumns + " from (" + row + ", " + column
                + ") of " + rows + " x " + columns;
        return new Block(data, start + row * stride + column, stride, partRows, partColumns);
    }

    /** The first entries of the first rows. */
    public Block leading(int leadingRows, int leadingColumns) {
        return part(0, 0, leadingRows, leadingColumns);
    }

    /** Whole rows. */
    public Block rows(int first, int count) {
        return part(first, 0, count, columns);
    }

    /** The first entries of one row, as a vector. */
    public Block row(int i, int length) {
        return part(i, 0, 1, length);
    }
}

package hesse.plan;

/**
 * The parts of a derivative's result, one after the other in a flat array: values, gradient, and a matrix. Programs
 * speak of a result's entries in this order; sums over rows keep a symmetric matrix in tiles instead, and say so where
 * they do.
 *
 * @param values entries of the value, or of what stands in its place
 * @param gradient entries of the gradient, or of a product with a vector
 * @param storage of the matrix
 * @param rows of the matrix
 * @param columns of the matrix; of a symmetric one as many as rows
 */
public record Layout(int values, int gradient, Storage storage, int rows, int columns) {
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    /** How the entries of the matrix lie. */
    public enum Storage {
        /** There is no matrix. */
        NONE,
        /** Symmetric: the lower triangle by rows, entry (i, j), i &gt;= j, at i (i + 1)/2 + j. */
        PACKED,
        /** All rows, one after the other. */
        FULL
    }

    /** What a result is made of. */
    public enum Part { VALUE, GRADIENT, MATRIX }

    /** Values and a vector behind them. */
    static Layout of(int values, int gradient) {
        if ((long) values + gradient > LARGEST) {
            throw new IllegalArgumentException("values and their derivatives of " + ((long) values + gradient)
                    + " entries, more than an array holds");
        }
        return new Layout(values, gradient, Storage.NONE, 0, 0);
    }

    /** Value, gradient and the lower triangle of a symmetric matrix of n rows. */
    static Layout secondOrder(int n) {
        packedSize(n);
        return new Layout(1, n, Storage.PACKED, n, n);
    }

    /** m values and their m x n Jacobian by rows. */
    static Layout jacobian(int m, int n) {
        if (m + (long) m * n > LARGEST) {
            throw new IllegalArgumentException("the Jacobian of " + m + " values by " + n + " parameters has "
                    + (long) m * n + " entries, more than an array holds; use jacobianVector(x, v), which never forms "
                    + "it");
        }
        return new Layout(m, 0, Storage.FULL, m, n);
    }

    /** n (n + 1)/2, or an error where no array could hold it. */
    public static int packedSize(int n) {
        long size = n * (n + 1L) / 2;
        if (1L + n + size > LARGEST) {
            throw new IllegalArgumentException("the Hessian of " + n + " parameters has " + size
                    + " entries, more than an array holds; use hessianVector(x, v), which never forms it");
        }
        return (int) size;
    }

    /** Where (row, column), row &gt;= column, lies in a packed lower triangle. */
    public static int packedIndex(int row, int column) {
        return (int) (row * (row + 1L) / 2 + column);
    }

    /** Where a part starts. */
    public int from(Part part) {
        return switch (part) {
            case VALUE -> 0;
            case GRADIENT -> values;
            case MATRIX -> values + gradient;
        };
    }

    /** How many entries a part has. */
    public int length(Part part) {
        return switch (part) {
            case VALUE -> values;
            case GRADIENT -> gradient;
            case MATRIX -> switch (storage) {
                case NONE -> 0;
                case PACKED -> packedIndex(rows, 0);
                case FULL -> rows * columns;
            };
        };
    }

    /** How many entries the result has. */
    public int size() {
        return from(Part.MATRIX) + length(Part.MATRIX);
    }
}

package hesse.matrix;

import java.util.Arrays;

/** A rectangular matrix in one array, row-major: (i, j) at {@code i * columns + j}. */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final double[] data;

    private Matrix(int rows, int columns, double[] data) {
        this.rows = rows;
        this.columns = columns;
        this.data = data;
    }

    /** A matrix of zeros. */
    public static Matrix of(int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a matrix of " + rows + " x " + columns + "; both must be at least 0, the product below 2^31 - 8");
        }
        return new Matrix(rows, columns, new double[rows * columns]);
    }

    /** A matrix with copies of these rows, which must have one length. */
    public static Matrix of(double[][] rows) {
        Matrix matrix = of(rows.length, rows.length == 0 ? 0 : rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            requireLength("row " + i, rows[i].length, matrix.columns);
            System.arraycopy(rows[i], 0, matrix.data, i * matrix.columns, matrix.columns);
        }
        return matrix;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The entries themselves, row-major; writing to them changes the matrix. */
    public double[] data() {
        return data;
    }

    public double get(int i, int j) {
        return data[index(i, j)];
    }

    public void set(int i, int j, double value) {
        data[index(i, j)] = value;
    }

    private int index(int i, int j) {
        if (i < 0 || i >= rows || j < 0 || j >= columns) {
            throw new IndexOutOfBoundsException("(" + i + ", " + j + ") of a matrix of " + rows + " x " + columns);
        }
        return i * columns + j;
    }

    /** A v. */
    public double[] multiply(double[] v) {
        requireLength("the vector", v.length, columns);
        double[] result = new double[rows];
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum = Math.fma(data[i * columns + j], v[j], sum);
            }
            result[i] = sum;
        }
        return result;
    }

    /** A'u. */
    public double[] transposedMultiply(double[] u) {
        requireLength("the vector", u.length, rows);
        double[] result = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result[j] = Math.fma(data[i * columns + j], u[i], result[j]);
            }
        }
        return result;
    }

    /** A copy by rows. */
    public double[][] toArray() {
        double[][] copy = new double[rows][];
        for (int i = 0; i < rows; i++) {
            copy[i] = Arrays.copyOfRange(data, i * columns, (i + 1) * columns);
        }
        return copy;
    }

    static void requireLength(String what, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(what + " has " + length + " entries, must have " + expected);
        }
    }

    /** The entries by rows, in aligned columns; large matrices show their corner. */
    @Override
    public String toString() {
        return MatrixText.of(rows, columns, this::get);
    }
}

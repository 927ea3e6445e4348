package hesse.matrix;

import hesse.kernel.Block;
import hesse.kernel.Gemm;
import hesse.kernel.Gemv;
import hesse.kernel.machine.Tuning;
import java.util.Arrays;

/** A rectangular matrix in one array, row-major: (i, j) at {@code i * columns + j}. */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final double[] data;
    private final Block block;

    private Matrix(int rows, int columns, double[] data) {
        this.rows = rows;
        this.columns = columns;
        this.data = data;
        this.block = Block.of(data, rows, columns);
    }

    /** A matrix of zeros. */
    public static Matrix of(int rows, int columns) {
        Tuning.require();
        requireSize(rows, columns);
        return new Matrix(rows, columns, new double[rows * columns]);
    }

    /** Refuses what one array cannot hold: a square matrix ends at 46,340 rows. */
    static void requireSize(int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a matrix of " + rows + " x " + columns
                    + "; both must be at least 0, the product below 2^31 - 8");
        }
    }

    /** A matrix of these entries, row-major, without a copy. */
    static Matrix wrap(int rows, int columns, double[] data) {
        return new Matrix(rows, columns, data);
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

    /** All entries, for products. */
    Block block() {
        return block;
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

    /** A v, by inner products of eight accumulators. */
    public double[] multiply(double[] v) {
        double[] result = new double[rows];
        multiply(v, result);
        return result;
    }

    /** Fills A v; {@code result} may not be v. */
    public void multiply(double[] v, double[] result) {
        requireLength("the vector", v.length, columns);
        requireLength("the result", result.length, rows);
        requireOther(v, result);
        requireOther(data, result);
        Gemv.multiply(block, v, result);
    }

    /** A'u, the rows of A added in order. */
    public double[] transposedMultiply(double[] u) {
        double[] result = new double[columns];
        transposedMultiply(u, result);
        return result;
    }

    /** Fills A'u; {@code result} may not be u. */
    public void transposedMultiply(double[] u, double[] result) {
        requireLength("the vector", u.length, rows);
        requireLength("the result", result.length, columns);
        requireOther(u, result);
        requireOther(data, result);
        Arrays.fill(result, 0);
        Gemv.addTransposed(block, u, result);
    }

    /** A B, each entry adding its products in order. */
    public Matrix multiply(Matrix b) {
        requireLength("the second matrix' rows", b.rows, columns);
        Matrix product = of(rows, b.columns);
        Gemm.multiply(block, b.block, product.block);
        return product;
    }

    /** A'B, each entry adding its products in order. */
    public Matrix transposedMultiply(Matrix b) {
        requireLength("the second matrix' rows", b.rows, rows);
        Matrix product = of(columns, b.columns);
        Gemm.multiplyTransposed(block, b.block, product.block);
        return product;
    }

    static void requireOther(double[] operand, double[] result) {
        if (operand == result) {
            throw new IllegalArgumentException("the result array is an operand; they must be two");
        }
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

    /** Refuses a part, from an index on, that an array does not have. */
    static void requireRange(String what, int length, int from, long count) {
        if (from < 0 || count < 0 || count > (long) length - from) {
            throw new IllegalArgumentException(what + " has " + length + " entries, must have " + count + " from "
                    + from + " on");
        }
    }

    /** The entries by rows, in aligned columns; large matrices show their corner. */
    @Override
    public String toString() {
        return MatrixText.of(rows, columns, this::get);
    }
}

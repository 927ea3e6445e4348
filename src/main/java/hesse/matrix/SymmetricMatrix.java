package hesse.matrix;

import java.util.Arrays;

/**
 * A symmetric matrix of n rows that keeps its lower triangle as square tiles.
 *
 * <h2>Storage</h2>
 * With tile size T (a multiple of 8) there are B = ceil(n/T) tile rows. Tile (I, J) with I &gt;= J holds the entries of rows
 * I T .. I T + T - 1 and columns J T .. J T + T - 1, contiguous and row-major. Tiles follow each other by tile rows, (0,0),
 * (1,0), (1,1), (2,0), ..., so that
 * <pre>
 *     offset(I, J) = (I(I + 1)/2 + J) T^2
 *     (i, j), i &gt;= j, lies at  offset(i/T, j/T) + (i mod T) T + (j mod T)
 * </pre>
 * Diagonal tiles are stored whole and kept mirrored: (i, j) and (j, i) with i/T = j/T are both stored and always equal.
 * Entries of rows or columns from n on are padding and always zero. The array has B(B + 1)/2 T^2 entries, about
 * n^2/2 + n T/2. This order is a guarantee.
 *
 * <p>Example: n = 20, T = 8, B = 3. Entry (17, 9) is in tile (2, 1), the fifth (2*3/2 + 1 = 4), at row 1 and column 1 of it:
 * 4*64 + 1*8 + 1 = 265. Entry (9, 17) is the same number. Entry (17, 18) is in the diagonal tile (2, 2) and is stored at
 * 5*64 + 1*8 + 2 = 330 and mirrored at 5*64 + 2*8 + 1 = 337. Rows 20 to 23 of the tiles (2, .) are padding.
 */
public final class SymmetricMatrix {
    /** The largest tile size that {@link #of(int)} chooses. */
    static final int LARGEST_TILE = 32;

    private final int n;
    private final int tile;
    private final double[] data;

    private SymmetricMatrix(int n, int tile, double[] data) {
        this.n = n;
        this.tile = tile;
        this.data = data;
    }

    /** A matrix of zeros with a tile size that fits n: n rounded up to a multiple of 8, at most 32. */
    public static SymmetricMatrix of(int n) {
        return of(n, Math.clamp((n + 7L) / 8 * 8, 8, LARGEST_TILE));
    }

    /**
     * A matrix of zeros.
     *
     * @param n rows, at least 0
     * @param tile tile size, a multiple of 8
     */
    public static SymmetricMatrix of(int n, int tile) {
        if (n < 0 || tile < 8 || tile % 8 != 0) {
            throw new IllegalArgumentException("a symmetric matrix of " + n + " rows in tiles of " + tile
                    + "; rows must be at least 0, tiles a multiple of 8");
        }
        long tileRows = (n + tile - 1L) / tile;
        long size = tileRows * (tileRows + 1) / 2 * tile * tile;
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a symmetric matrix of " + n + " rows needs " + size
                    + " entries, more than the 2^31 - 9 that an array holds (about 65,500 rows)");
        }
        return new SymmetricMatrix(n, tile, new double[(int) size]);
    }

    /** From the lower triangle by rows: (i, j), i &gt;= j, at i(i+1)/2 + j. Equals LAPACK's packed {@code uplo='U'}. */
    public static SymmetricMatrix fromPacked(int n, double[] packed) {
        SymmetricMatrix matrix = of(n);
        Matrix.requireLength("the packed triangle", packed.length, n * (n + 1) / 2);
        matrix.setPacked(packed, 0, 1);
        return matrix;
    }

    /** From full rows, of which only the lower triangle is read. */
    public static SymmetricMatrix fromFull(double[][] rows) {
        SymmetricMatrix matrix = of(rows.length);
        for (int i = 0; i < rows.length; i++) {
            Matrix.requireLength("row " + i, rows[i].length, rows.length);
            for (int j = 0; j <= i; j++) {
                matrix.set(i, j, rows[i][j]);
            }
        }
        return matrix;
    }

    /** The number of rows. */
    public int n() {
        return n;
    }

    /** The tile size. */
    public int tile() {
        return tile;
    }

    /** The stored entries, laid out as specified above. */
    double[] data() {
        return data;
    }

    public double get(int i, int j) {
        requireIndex(i, j);
        return data[i >= j ? index(i, j) : index(j, i)];
    }

    /** Sets (i, j) and (j, i). */
    public void set(int i, int j, double value) {
        requireIndex(i, j);
        store(Math.max(i, j), Math.min(i, j), value);
    }

    private void requireIndex(int i, int j) {
        if (i < 0 || i >= n || j < 0 || j >= n) {
            throw new IndexOutOfBoundsException("(" + i + ", " + j + ") of a symmetric matrix of " + n + " rows");
        }
    }

    private int offset(int tileRow, int tileColumn) {
        return (tileRow * (tileRow + 1) / 2 + tileColumn) * tile * tile;
    }

    private int index(int i, int j) {
        return offset(i / tile, j / tile) + i % tile * tile + j % tile;
    }

    private void store(int i, int j, double value) {
        data[index(i, j)] = value;
        if (i / tile == j / tile) {
            data[offset(i / tile, i / tile) + j % tile * tile + i % tile] = value;
        }
    }

    /** All entries become zero. */
    public void clear() {
        Arrays.fill(data, 0);
    }

    /** This becomes scale times a lower triangle by rows that starts at {@code from}. */
    public void setPacked(double[] packed, int from, double scale) {
        int k = from;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                store(i, j, scale * packed[k++]);
            }
        }
    }

    /** Adds scale times a lower triangle by rows that starts at {@code from}. */
    public void addPacked(double[] packed, int from, double scale) {
        int k = from;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                store(i, j, data[index(i, j)] + scale * packed[k++]);
            }
        }
    }

    /** The lower triangle by rows. */
    public double[] toPacked() {
        double[] packed = new double[n * (n + 1) / 2];
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                packed[k++] = data[index(i, j)];
            }
        }
        return packed;
    }

    /** All n rows of n entries. */
    public double[][] toArray() {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = rows[j][i] = data[index(i, j)];
            }
        }
        return rows;
    }

    /** H v. */
    public double[] multiply(double[] v) {
        double[] result = new double[n];
        multiply(v, result);
        return result;
    }

    /** Fills H v; {@code result} may not be v. Entry i is a chain of multiply-adds over ascending j. */
    public void multiply(double[] v, double[] result) {
        Matrix.requireLength("the vector", v.length, n);
        Matrix.requireLength("the result", result.length, n);
        if (v == result) {
            throw new IllegalArgumentException("the result array is the vector; they must be two");
        }
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum = Math.fma(data[i >= j ? index(i, j) : index(j, i)], v[j], sum);
            }
            result[i] = sum;
        }
    }

    /** v'H v. */
    public double quadraticForm(double[] v) {
        Matrix.requireLength("the vector", v.length, n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double below = 0;
            for (int j = 0; j < i; j++) {
                below = Math.fma(data[index(i, j)], v[j], below);
            }
            sum = Math.fma(v[i], Math.fma(data[index(i, i)], v[i], 2 * below), sum);
        }
        return sum;
    }

    /** The entries by rows, in aligned columns; large matrices show their corner. */
    @Override
    public String toString() {
        return MatrixText.of(n, n, this::get);
    }
}

package hesse.matrix;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.Block;
import hesse.kernel.Gram;
import hesse.kernel.Symv;
import hesse.kernel.Tiles;
import hesse.kernel.machine.Tuning;
import java.util.Arrays;

/**
 * A symmetric matrix of n rows that keeps its lower triangle as square tiles.
 *
 * <h2>Storage</h2>
 * With tile size T (a multiple of 8) there are B = ceil(n/T) tile rows. Tile (I, J) with I &gt;= J holds the entries of
 * rows I T .. I T + T - 1 and columns J T .. J T + T - 1, contiguous and row-major. Tiles follow each other by tile
 * rows, (0,0), (1,0), (1,1), (2,0), ..., so that
 * <pre>
 *     offset(I, J) = lead + (I(I + 1)/2 + J) T^2,   lead = 6 for T = 48, else 0
 *     (i, j), i &gt;= j, lies at  offset(i/T, j/T) + (i mod T) T + (j mod T)
 * </pre>
 * Diagonal tiles are stored whole and kept mirrored: (i, j) and (j, i) with i/T = j/T are both stored and always equal.
 * Entries of rows or columns from n on are padding and always zero. The array has lead + B(B + 1)/2 T^2
 * entries, about n^2/2 + n T/2. The lead lets vectors of large matrices end with cache lines. This order is a
 * guarantee.
 *
 * <p>Example: n = 20, T = 8, B = 3. Entry (17, 9) is in tile (2, 1), the fifth (2*3/2 + 1 = 4), at row 1 and column 1
 * of it: 4*64 + 1*8 + 1 = 265. Entry (9, 17) is the same number. Entry (17, 18) is in the diagonal tile (2, 2) and is
 * stored at 5*64 + 1*8 + 2 = 330 and mirrored at 5*64 + 2*8 + 1 = 337. Rows 20 to 23 of the tiles (2, .) are padding.
 */
public final class SymmetricMatrix {
    private final int n;
    private final int tile;
    private final double[] data;
    private final Tiles tiles;

    private SymmetricMatrix(Tiles tiles) {
        this.n = tiles.n();
        this.tile = tiles.tile();
        this.data = tiles.data();
        this.tiles = tiles;
    }

    /**
     * A matrix of zeros with a tile size that fits n: one tile of n rounded up to a multiple of 8 up to 64 rows, tiles
     * of 48 beyond.
     */
    public static SymmetricMatrix of(int n) {
        return of(n, Tiles.size(n));
    }

    /**
     * A matrix of zeros.
     *
     * @param n rows, at least 0
     * @param tile tile size, a multiple of 8
     */
    public static SymmetricMatrix of(int n, int tile) {
        Tuning.require();
        if (n < 0 || tile < 8 || tile % 8 != 0) {
            throw new IllegalArgumentException("a symmetric matrix of " + n + " rows in tiles of " + tile
                    + "; rows must be at least 0, tiles a multiple of 8");
        }
        return new SymmetricMatrix(Tiles.of(n, tile));
    }

    /** From the lower triangle by rows: (i, j), i &gt;= j, at i(i+1)/2 + j. Equals LAPACK's packed {@code uplo='U'}. */
    public static SymmetricMatrix fromPacked(int n, double[] packed) {
        SymmetricMatrix matrix = of(n);
        Matrix.requireLength("the packed triangle", packed.length, Tiles.packedLength(n));
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

    /** The same for kernels. */
    Tiles tiles() {
        return tiles;
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

    private int index(int i, int j) {
        return Tiles.index(i, j, tile);
    }

    private void store(int i, int j, double value) {
        data[index(i, j)] = value;
        if (i / tile == j / tile) {
            data[Tiles.offset(i / tile, i / tile, tile) + j % tile * tile + i % tile] = value;
        }
    }

    /** All entries become zero. */
    public void clear() {
        Arrays.fill(data, 0);
    }

    /**
     * This becomes scale times a lower triangle by rows that starts at {@code from}.
     *
     * @throws IllegalArgumentException where the array ends before; nothing is written then
     */
    public void setPacked(double[] packed, int from, double scale) {
        take(packed, from, scale, false);
    }

    /** Adds scale times a lower triangle by rows that starts at {@code from}; errors as {@link #setPacked}. */
    public void addPacked(double[] packed, int from, double scale) {
        take(packed, from, scale, true);
    }

    /**
     * This becomes scale times a matrix of as many rows, given by its {@link #tiles}.
     *
     * @throws IllegalArgumentException where there are not as many entries
     */
    public void setTiles(double[] tiles, double scale) {
        Matrix.requireLength("the tiles", tiles.length, data.length);
        if (scale == 1) {
            System.arraycopy(tiles, 0, data, 0, data.length);
            return;
        }
        for (int k = 0; k < data.length; k++) {
            data[k] = scale * tiles[k];
        }
    }

    /** Adds scale times a matrix of as many rows, given by its {@link #tiles}; errors as {@link #setTiles}. */
    public void addTiles(double[] tiles, double scale) {
        Matrix.requireLength("the tiles", tiles.length, data.length);
        for (int k = 0; k < data.length; k++) {
            data[k] += scale * tiles[k];
        }
    }

    /** A part of a row in a tile at a time. */
    private void take(double[] packed, int from, double scale, boolean add) {
        Matrix.requireRange("the packed triangle", packed.length, from, Tiles.packedLength(n));
        int k = from;
        for (int i = 0; i < n; i++) {
            int row = i % tile;
            for (int tileColumn = 0; tileColumn <= i / tile; tileColumn++) {
                int offset = Tiles.offset(i / tile, tileColumn, tile);
                int to = offset + row * tile;
                int width = Math.min(tile, i + 1 - tileColumn * tile);
                for (int j = 0; j < width; j++) {
                    data[to + j] = add ? data[to + j] + scale * packed[k + j] : scale * packed[k + j];
                }
                k += width;
                for (int j = 0; tileColumn == i / tile && j < row; j++) {
                    data[offset + j * tile + row] = data[to + j];
                }
            }
        }
    }

    /** The lower triangle by rows. */
    public double[] toPacked() {
        double[] packed = new double[Tiles.packedLength(n)];
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

    /**
     * Adds the weighted Gram matrix X' diag(w) X of row-major rows: entry (i, j) grows by sum_k w_k x_ki x_kj, k in
     * order.
     */
    public void addGram(Matrix x, double[] w) {
        requireRows(x, w);
        Gram.add(tiles, x.block(), x.block(), w);
    }

    /**
     * Adds X' diag(w) X of the rows that start at {@code from} in a row-major array with n columns.
     *
     * @param w weights from wFrom on, or null for ones
     */
    public void addGram(double[] x, int from, int rows, double[] w, int wFrom) {
        Matrix.requireRange("the array of rows", x.length, from, (long) rows * n);
        if (w != null) {
            Matrix.requireRange("the array of weights", w.length, wFrom, rows);
        }
        Gram.add(tiles, x, from, x, from, rows, w, wFrom);
    }

    /** Adds (A' diag(w) B + B' diag(w) A)/2, which is A' diag(w) B where that is symmetric. */
    public void addGram(Matrix a, Matrix b, double[] w) {
        requireRows(a, w);
        requireRows(b, w);
        Matrix.requireLength("the second matrix' rows", b.rows(), a.rows());
        double[] half = new double[a.rows()];
        for (int k = 0; k < half.length; k++) {
            half[k] = w == null ? 0.5 : 0.5 * w[k];
        }
        Gram.add(tiles, a.block(), b.block(), half);
        Gram.add(tiles, b.block(), a.block(), half);
    }

    private void requireRows(Matrix x, double[] w) {
        if (x.columns() != n) {
            throw new IllegalArgumentException("the rows have " + x.columns() + " columns, must have " + n);
        }
        if (w != null) {
            Matrix.requireLength("the weights", w.length, x.rows());
        }
    }

    /** Adds scale x x'. */
    public void addOuter(double scale, double[] x) {
        Matrix.requireLength("the vector", x.length, n);
        Block row = Block.vector(x, n);
        Gram.add(tiles, row, row, new double[] {scale});
    }

    /** Adds scale (x y' + y x'). */
    public void addOuter(double scale, double[] x, double[] y) {
        Matrix.requireLength("the first vector", x.length, n);
        Matrix.requireLength("the second vector", y.length, n);
        double[] weight = {scale};
        Gram.add(tiles, Block.vector(x, n), Block.vector(y, n), weight);
        Gram.add(tiles, Block.vector(y, n), Block.vector(x, n), weight);
    }

    /** Adds scale times another matrix of the same size and tile size. */
    public void add(double scale, SymmetricMatrix other) {
        if (other.n != n || other.tile != tile) {
            throw new IllegalArgumentException("a matrix of " + other.n + " rows in tiles of " + other.tile
                    + " does not add to one of "
                    + n + " rows in tiles of " + tile);
        }
        for (int i = 0; i < data.length; i++) {
            data[i] = fma(scale, other.data[i], data[i]);
        }
    }

    /** Adds a number to every diagonal entry. */
    public void addDiagonal(double shift) {
        for (int i = 0; i < n; i++) {
            data[index(i, i)] += shift;
        }
    }

    /** A copy. */
    public SymmetricMatrix copy() {
        return new SymmetricMatrix(tiles.copy());
    }

    /** H v. */
    public double[] multiply(double[] v) {
        double[] result = new double[n];
        multiply(v, result);
        return result;
    }

    /**
     * Fills H v; {@code result} may not be v. Every stored tile is read once; a row adds as {@code hesse.kernel}
     * specifies.
     */
    public void multiply(double[] v, double[] result) {
        Matrix.requireLength("the vector", v.length, n);
        Matrix.requireLength("the result", result.length, n);
        Matrix.requireOther(v, result);
        Symv.symv(tiles, v, result);
    }

    /** H V, every stored tile read once for both its rows and its columns; an entry adds its products by tiles. */
    public Matrix multiply(Matrix v) {
        Matrix.requireLength("the matrix' rows", v.rows(), n);
        Matrix product = Matrix.of(n, v.columns());
        Symv.symm(tiles, v.block(), product.block());
        return product;
    }

    /** v'H v, as the inner product of v and H v. */
    public double quadraticForm(double[] v) {
        Matrix.requireLength("the vector", v.length, n);
        return Symv.quadraticForm(tiles, v);
    }

    /** The entries by rows, in aligned columns; large matrices show their corner. */
    @Override
    public String toString() {
        return MatrixText.of(n, n, this::get);
    }
}

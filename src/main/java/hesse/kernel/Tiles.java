package hesse.kernel;

import hesse.kernel.machine.CacheLines;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A symmetric matrix in the blocked layout: the lower triangle as tiles of T x T, tile rows in order, each tile
 * contiguous and row-major, diagonal tiles whole and mirrored, padding zero. Specified in
 * {@code hesse.matrix.SymmetricMatrix}. Kernels get a matrix as its tiles and a tile as a {@link Block}, so that only
 * this class knows where tiles start; the same arithmetic serves matrices that lie among other numbers in one array.
 *
 * @param data the tiles; may hold more rows than n
 * @param tile T
 */
public record Tiles(double[] data, int n, int tile) {
    /** The tile size of large matrices: whole register tiles of 12 or 6 rows and 16, 8 or 4 columns fit. */
    public static final int LARGE = 48;
    /** Up to this many rows a matrix is one tile of just its size, rounded up to a multiple of 8. */
    public static final int ONE_TILE = 64;

    /** Zeros. */
    public static Tiles of(int n, int tile) {
        return new Tiles(new double[length(n, tile)], n, tile);
    }

    /** The matrix of the first rows and columns, in the same place. */
    public Tiles leading(int rows) {
        return new Tiles(data, rows, tile);
    }

    /** Tile (I, J), I &gt;= J, with its padding. */
    public Block block(int tileRow, int tileColumn) {
        return new Block(data, offset(tileRow, tileColumn, tile), tile, tile, tile);
    }

    /** Where entry (i, j), i &gt;= j, lies. */
    public int index(int i, int j) {
        return index(i, j, tile);
    }

    /** A copy. */
    public Tiles copy() {
        return new Tiles(data.clone(), n, tile);
    }

    /** The tile size for n rows. */
    public static int size(int n) {
        return n <= ONE_TILE ? Math.max(8, (n + 7) / 8 * 8) : LARGE;
    }

    /** How many tile rows hold n rows. */
    public static int rows(int n, int tile) {
        return (n + tile - 1) / tile;
    }

    /** How many doubles n rows take. */
    public static int length(int n, int tile) {
        long tileRows = ((long) n + tile - 1) / tile;
        long tiles = tileRows * (tileRows + 1) / 2;
        long largest = Integer.MAX_VALUE - 8L - lead(tile);
        long square = (long) tile * tile;
        if (tiles > largest / square) {
            throw new IllegalArgumentException("a symmetric matrix of " + n + " rows needs "
                    + BigInteger.valueOf(tiles)
                    .multiply(BigInteger.valueOf(square)) + " entries in tiles of " + tile
                    + ", more than the 2^31 - 9 that an array holds (65,472 rows in tiles of 48)");
        }
        return (int) (lead(tile) + tiles * square);
    }

    /** How many numbers the lower triangle of n rows has; an array holds those of every matrix whose tiles it holds. */
    public static int packedLength(int n) {
        return (int) (n * (n + 1L) / 2);
    }

    /** Where tile (I, J), I &gt;= J, starts. */
    public static int offset(int tileRow, int tileColumn, int tile) {
        return lead(tile) + (tileRow * (tileRow + 1) / 2 + tileColumn) * tile * tile;
    }

    private static int lead(int tile) {
        return tile == LARGE ? CacheLines.LEAD : 0;
    }

    /** Where entry (i, j), i &gt;= j, lies. */
    public static int index(int i, int j, int tile) {
        return offset(i / tile, j / tile, tile) + i % tile * tile + j % tile;
    }

    /** Copies the lower triangle of every diagonal tile onto its upper one and clears what lies beyond n. */
    public static void finish(double[] h, int n, int tile) {
        mirror(h, n, tile);
        clearPadding(h, n, tile);
    }

    /** Copies the lower triangle of the diagonal tiles onto their upper one. */
    private static void mirror(double[] h, int n, int tile) {
        for (int tileRow = 0; tileRow < rows(n, tile); tileRow++) {
            int diagonal = offset(tileRow, tileRow, tile);
            for (int r = 0; r < tile; r++) {
                for (int c = 0; c < r; c++) {
                    h[diagonal + c * tile + r] = h[diagonal + r * tile + c];
                }
            }
        }
    }

    /** Sets rows and columns from n on to zero. */
    static void clearPadding(double[] h, int n, int tile) {
        int last = rows(n, tile) - 1;
        int used = n - last * tile;
        if (used == tile || last < 0) {
            return;
        }
        for (int tileColumn = 0; tileColumn <= last; tileColumn++) {
            int start = offset(last, tileColumn, tile);
            Arrays.fill(h, start + used * tile, start + tile * tile, 0);
        }
        int diagonal = offset(last, last, tile);
        for (int r = 0; r < used; r++) {
            Arrays.fill(h, diagonal + r * tile + used, diagonal + (r + 1) * tile, 0);
        }
    }
}

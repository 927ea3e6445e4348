package hesse.kernel.factor;

import hesse.kernel.RegisterTile;
import hesse.kernel.Tiles;
import hesse.kernel.Transpose;
import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Interrupts;
import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Parallel;
import hesse.kernel.machine.Tuning;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * H = L L' on tiles, right-looking by groups of tile columns; bits as {@link CholeskyFactorScalar}. The tiles of a
 * column are transposed to column-major blocks (entry (r, c) of a tile at c tile + r), where the factorisation runs
 * over vectors of rows and which become the tiles of L, and packed from there as both operands of the register tile
 * that updates what lies to their right.
 */
final class CholeskyFactorLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    /** Tile columns that are factored before the rest is updated: 144 multiply-adds a load and store of the rest. */
    private static final int GROUP = 6;
    /** Rows whose panels stay in L2 while the rest is updated; whole tiles. */
    private static final int BAND = Tuning.FACTOR_BAND.value();
    private static final int PARALLEL_BAND = 96;

    private CholeskyFactorLanes() {}

    /** See {@link CholeskyFactorScalar#factor}. */
    static int factor(double[] h, int n, int tile, boolean parallel) {
        if (n <= tile && n > 0) {
            return factorTile(h, Tiles.offset(0, 0, tile), tile, n);
        }
        int tileRows = Tiles.rows(n, tile);
        PackBuffers buffers = reserve(tileRows, tile);
        for (int group = 0; group < tileRows; group += GROUP) {
            if (group > 0) {
                Interrupts.check("a Cholesky factorisation of", n, "rows");
            }
            int end = Math.min(tileRows, group + GROUP);
            for (int tileColumn = group; tileColumn < end; tileColumn++) {
                int failed = column(h, n, tile, buffers, group, tileColumn, parallel);
                if (failed >= 0) {
                    return tileColumn * tile + failed;
                }
            }
            trailing(h, tile, buffers, group * tile, end * tile, tileRows * tile, parallel);
        }
        return -1;
    }

    /**
     * The calling thread's buffers, which the threads that help it use too: in {@code third} the current tile column,
     * as column-major blocks from its diagonal one on; in {@code left} and {@code right} the group's finished columns
     * as panels of both operands, the left one negated, from the group's first row on.
     */
    private static PackBuffers reserve(int tileRows, int tile) {
        PackBuffers buffers = PackBuffers.own();
        buffers.third(tileRows * tile * tile);
        buffers.left(tileRows * tile * stride(tile));
        buffers.panels(tileRows * tile * stride(tile));
        return buffers;
    }

    /** Steps from a panel to the next. */
    private static int stride(int tile) {
        return GROUP * tile + 1;
    }

    /** Finishes a tile column: its diagonal tile, then all below, each for itself. */
    private static int column(double[] h, int n, int tile, PackBuffers buffers, int group, int tileColumn,
            boolean parallel) {
        int tileRows = Tiles.rows(n, tile);
        load(h, tile, buffers, group, tileColumn, tileColumn);
        int failed = factorTile(buffers.third(0), 0, tile, n - tileColumn * tile);
        if (failed >= 0) {
            store(h, tile, buffers, tileColumn, tileColumn);
            return failed;
        }
        finish(h, tile, buffers, group, tileColumn, tileColumn);
        int below = tileRows - tileColumn - 1;
        if (parallel && below > 1) {
            Parallel.each(below, piece -> solve(h, tile, buffers, group, tileColumn, tileColumn + 1 + piece));
        } else {
            for (int tileRow = tileColumn + 1; tileRow < tileRows; tileRow++) {
                solve(h, tile, buffers, group, tileColumn, tileRow);
            }
        }
        return -1;
    }

    private static void solve(double[] h, int tile, PackBuffers buffers, int group, int tileColumn, int tileRow) {
        load(h, tile, buffers, group, tileColumn, tileRow);
        solve(buffers.third(0), tile, (tileRow - tileColumn) * tile * tile);
        finish(h, tile, buffers, group, tileColumn, tileRow);
    }

    /** Subtracts the group's finished columns from a tile and copies it to its block. */
    private static void load(double[] h, int tile, PackBuffers buffers, int group, int tileColumn, int tileRow) {
        int done = (tileColumn - group) * tile;
        if (done > 0) {
            int column = tileColumn * tile;
            int row = tileRow * tile;
            update(h, tile, buffers, done, group * tile, column, column + tile, row, row + tile);
        }
        int block = (tileRow - tileColumn) * tile * tile;
        Transpose.columns(h, Tiles.offset(tileRow, tileColumn, tile), tile, tile, buffers.third(0), block, tile);
    }

    /** Packs a finished block as rows of both operands of later updates, and stores it. */
    private static void finish(double[] h, int tile, PackBuffers buffers, int group, int tileColumn, int tileRow) {
        int block = (tileRow - tileColumn) * tile * tile;
        pack(buffers, block, tile, (tileRow - group) * tile, (tileColumn - group) * tile);
        store(h, tile, buffers, tileColumn, tileRow);
    }

    private static void store(double[] h, int tile, PackBuffers buffers, int tileColumn, int tileRow) {
        int block = (tileRow - tileColumn) * tile * tile;
        System.arraycopy(buffers.third(0), block, h, Tiles.offset(tileRow, tileColumn, tile), tile * tile);
    }

    /**
     * Subtracts a group, rows {@code group} to {@code from}, from all behind it, by bands of rows, the longest first.
     */
    private static void trailing(double[] h, int tile, PackBuffers buffers, int group, int from, int to,
            boolean parallel) {
        if (parallel && to - from > PARALLEL_BAND) {
            int bands = (to - from + PARALLEL_BAND - 1) / PARALLEL_BAND;
            Parallel.each(bands, piece -> {
                int band = from + (bands - 1 - piece) * PARALLEL_BAND;
                int bandEnd = Math.min(to, band + PARALLEL_BAND);
                update(h, tile, buffers, from - group, group, from, bandEnd, band, bandEnd);
            });
        } else {
            for (int band = from; band < to; band += BAND) {
                int bandEnd = Math.min(to, band + BAND);
                update(h, tile, buffers, from - group, group, from, bandEnd, band, bandEnd);
            }
        }
    }

    /** Subtracts {@code done} finished columns of the group from columns and rows from (inclusive) to (exclusive). */
    private static void update(double[] h, int tile, PackBuffers buffers, int done, int groupRow,
            int fromColumn, int toColumn, int fromRow, int toRow) {
        RegisterTile.lower(buffers.left(0), groupRow, buffers.right(0), groupRow, stride(tile), done, h, 0, tile,
                fromColumn, toColumn, fromRow, toRow);
    }

    /**
     * Factors a block by panels of eight columns, each subtracted at once from all behind it; the first that fails, or
     * -1.
     */
    private static int factorTile(double[] block, int from, int tile, int n) {
        for (int panel = 0; panel < tile; panel += 8) {
            for (int c = panel; c < panel + 8 && c < n; c++) {
                int column = from + c * tile;
                double pivot = block[column + c];
                if (!(pivot > 0)) {
                    return c;
                }
                double root = Math.sqrt(pivot);
                divide(block, column, c / L * L, tile, root);
                block[column + c] = root;
                for (int j = c + 1; j < panel + 8; j++) {
                    eliminate(block, column, from + j * tile, -block[column + j], j / L * L, tile);
                }
            }
            for (int j = panel + 8; j < tile; j += 2) {
                eliminate8(block, from, tile, panel, j);
            }
        }
        return -1;
    }

    private static void divide(double[] block, int column, int from, int to, double root) {
        for (int r = from; r < to; r += L) {
            DoubleVector.fromArray(S, block, column + r).div(root).intoArray(block, column + r);
        }
    }

    private static void eliminate(double[] block, int column, int target, double factor, int from, int to) {
        DoubleVector f = DoubleVector.broadcast(S, factor);
        for (int r = from; r < to; r += L) {
            DoubleVector x = DoubleVector.fromArray(S, block, target + r);
            f.fma(DoubleVector.fromArray(S, block, column + r), x).intoArray(block, target + r);
        }
    }

    /** Subtracts eight finished columns, from {@code first} on, from the columns j and j + 1, rows from j on. */
    private static void eliminate8(double[] block, int from, int tile, int first, int j) {
        int x = from + j * tile;
        int y = x + tile;
        int k0 = from + first * tile;
        int k1 = k0 + tile;
        int k2 = k1 + tile;
        int k3 = k2 + tile;
        int k4 = k3 + tile;
        int k5 = k4 + tile;
        int k6 = k5 + tile;
        int k7 = k6 + tile;
        DoubleVector f0 = DoubleVector.broadcast(S, -block[k0 + j]);
        DoubleVector g0 = DoubleVector.broadcast(S, -block[k0 + j + 1]);
        DoubleVector f1 = DoubleVector.broadcast(S, -block[k1 + j]);
        DoubleVector g1 = DoubleVector.broadcast(S, -block[k1 + j + 1]);
        DoubleVector f2 = DoubleVector.broadcast(S, -block[k2 + j]);
        DoubleVector g2 = DoubleVector.broadcast(S, -block[k2 + j + 1]);
        DoubleVector f3 = DoubleVector.broadcast(S, -block[k3 + j]);
        DoubleVector g3 = DoubleVector.broadcast(S, -block[k3 + j + 1]);
        DoubleVector f4 = DoubleVector.broadcast(S, -block[k4 + j]);
        DoubleVector g4 = DoubleVector.broadcast(S, -block[k4 + j + 1]);
        DoubleVector f5 = DoubleVector.broadcast(S, -block[k5 + j]);
        DoubleVector g5 = DoubleVector.broadcast(S, -block[k5 + j + 1]);
        DoubleVector f6 = DoubleVector.broadcast(S, -block[k6 + j]);
        DoubleVector g6 = DoubleVector.broadcast(S, -block[k6 + j + 1]);
        DoubleVector f7 = DoubleVector.broadcast(S, -block[k7 + j]);
        DoubleVector g7 = DoubleVector.broadcast(S, -block[k7 + j + 1]);
        for (int r = j / L * L; r < tile; r += L) {
            DoubleVector a = DoubleVector.fromArray(S, block, x + r);
            DoubleVector b = DoubleVector.fromArray(S, block, y + r);
            DoubleVector l0 = DoubleVector.fromArray(S, block, k0 + r);
            a = f0.fma(l0, a);
            b = g0.fma(l0, b);
            DoubleVector l1 = DoubleVector.fromArray(S, block, k1 + r);
            a = f1.fma(l1, a);
            b = g1.fma(l1, b);
            DoubleVector l2 = DoubleVector.fromArray(S, block, k2 + r);
            a = f2.fma(l2, a);
            b = g2.fma(l2, b);
            DoubleVector l3 = DoubleVector.fromArray(S, block, k3 + r);
            a = f3.fma(l3, a);
            b = g3.fma(l3, b);
            DoubleVector l4 = DoubleVector.fromArray(S, block, k4 + r);
            a = f4.fma(l4, a);
            b = g4.fma(l4, b);
            DoubleVector l5 = DoubleVector.fromArray(S, block, k5 + r);
            a = f5.fma(l5, a);
            b = g5.fma(l5, b);
            DoubleVector l6 = DoubleVector.fromArray(S, block, k6 + r);
            a = f6.fma(l6, a);
            b = g6.fma(l6, b);
            DoubleVector l7 = DoubleVector.fromArray(S, block, k7 + r);
            a = f7.fma(l7, a);
            b = g7.fma(l7, b);
            a.intoArray(block, x + r);
            b.intoArray(block, y + r);
        }
    }

    /** A block below the first: X = A L^-T, column by column, a strip of rows in registers. */
    private static void solve(double[] blocks, int tile, int block) {
        for (int r = 0; r < tile; r += 6 * L) {
            for (int c = 0; c < tile; c++) {
                strip(blocks, block + r, tile, c);
                divide(blocks, block + c * tile, r, r + 6 * L, blocks[c * tile + c]);
            }
        }
    }

    private static void strip(double[] blocks, int block, int tile, int c) {
        int at = block + c * tile;
        DoubleVector x0 = DoubleVector.fromArray(S, blocks, at);
        DoubleVector x1 = DoubleVector.fromArray(S, blocks, at + L);
        DoubleVector x2 = DoubleVector.fromArray(S, blocks, at + 2 * L);
        DoubleVector x3 = DoubleVector.fromArray(S, blocks, at + 3 * L);
        DoubleVector x4 = DoubleVector.fromArray(S, blocks, at + 4 * L);
        DoubleVector x5 = DoubleVector.fromArray(S, blocks, at + 5 * L);
        for (int k = 0; k < c; k++) {
            int before = block + k * tile;
            DoubleVector factor = DoubleVector.broadcast(S, -blocks[k * tile + c]);
            x0 = factor.fma(DoubleVector.fromArray(S, blocks, before), x0);
            x1 = factor.fma(DoubleVector.fromArray(S, blocks, before + L), x1);
            x2 = factor.fma(DoubleVector.fromArray(S, blocks, before + 2 * L), x2);
            x3 = factor.fma(DoubleVector.fromArray(S, blocks, before + 3 * L), x3);
            x4 = factor.fma(DoubleVector.fromArray(S, blocks, before + 4 * L), x4);
            x5 = factor.fma(DoubleVector.fromArray(S, blocks, before + 5 * L), x5);
        }
        x0.intoArray(blocks, at);
        x1.intoArray(blocks, at + L);
        x2.intoArray(blocks, at + 2 * L);
        x3.intoArray(blocks, at + 3 * L);
        x4.intoArray(blocks, at + 4 * L);
        x5.intoArray(blocks, at + 5 * L);
    }

    /** A block's columns as steps from {@code done} on of the panels at a row. */
    private static void pack(PackBuffers buffers, int block, int tile, int row, int done) {
        double[] blocks = buffers.third(0);
        double[] left = buffers.left(0);
        double[] right = buffers.right(0);
        int stride = stride(tile);
        for (int c = 0; c < tile; c++) {
            int in = block + c * tile;
            packNegated(blocks, in, tile, left, row * stride + (done + c) * RegisterTile.ROWS, stride);
            int out = CacheLines.LEAD + row * stride + (done + c) * RegisterTile.COLUMNS;
            for (int r = 0; r < tile; r += RegisterTile.COLUMNS, out += stride * RegisterTile.COLUMNS) {
                System.arraycopy(blocks, in + r, right, out, RegisterTile.COLUMNS);
            }
        }
    }

    private static void packNegated(double[] blocks, int in, int tile, double[] left, int to, int stride) {
        int out = to;
        for (int r = 0; r < tile; r += RegisterTile.ROWS, out += stride * RegisterTile.ROWS) {
            for (int i = 0; i < RegisterTile.ROWS; i += L) {
                DoubleVector.fromArray(S, blocks, in + r + i).mul(-1).intoArray(left, out + i);
            }
        }
    }
}

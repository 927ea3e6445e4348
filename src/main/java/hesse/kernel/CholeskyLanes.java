package hesse.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * H = L L' on tiles, right-looking by groups of tile columns; bits as {@link CholeskyScalar}. The tiles of a column are
 * transposed to column-major blocks, where the factorisation runs over vectors of rows and which become the tiles of L, and packed from there as both operands
 * of the register tile that updates what lies to their right.
 */
final class CholeskyLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    /** Tile columns that are factored before the rest is updated: 144 multiply-adds a load and store of the rest. */
    private static final int GROUP = 6;
    /** Rows whose panels stay in L2 while the rest is updated. */
    private static final int BAND = 480;

    private CholeskyLanes() {}

    /** See {@link CholeskyScalar#factor}. */
    static int factor(double[] h, int n, int tile, boolean parallel) {
        int tileRows = Tiles.rows(n, tile);
        PackBuffers buffers = PackBuffers.own();
        if (tileRows == 1) {
            return factorTile(h, tile, n);
        }
        double[] blocks = buffers.third(tileRows * tile * tile);
        int stride = GROUP * tile + 1;
        double[] left = buffers.left(tileRows * tile * stride);
        double[] right = buffers.right(tileRows * tile * stride);
        for (int group = 0; group < tileRows; group += GROUP) {
            int end = Math.min(tileRows, group + GROUP);
            int groupRow = group * tile;
            for (int tileColumn = group; tileColumn < end; tileColumn++) {
                int done = (tileColumn - group) * tile;
                if (done > 0) {
                    update(left, right, stride, done, h, tile, groupRow, tileColumn, tileColumn + 1, tileColumn, tileRows);
                }
                for (int tileRow = tileColumn; tileRow < tileRows; tileRow++) {
                    transpose(h, Tiles.offset(tileRow, tileColumn, tile), tile, blocks, (tileRow - tileColumn) * tile * tile);
                }
                int failed = factorTile(blocks, tile, n - tileColumn * tile);
                if (failed < 0) {
                    solve(blocks, tile, tileRows - tileColumn);
                    pack(blocks, tile, tileRows - tileColumn, (tileColumn - group) * tile, stride, left, right);
                }
                for (int tileRow = tileColumn; tileRow < tileRows; tileRow++) {
                    System.arraycopy(blocks, (tileRow - tileColumn) * tile * tile, h, Tiles.offset(tileRow, tileColumn, tile), tile * tile);
                }
                if (failed >= 0) {
                    return tileColumn * tile + failed;
                }
            }
            if (end < tileRows) {
                trailing(left, right, stride, (end - group) * tile, h, tile, groupRow, end, tileRows, parallel);
            }
        }
        return -1;
    }

    private static void trailing(double[] left, double[] right, int stride, int width, double[] h, int tile, int groupRow,
            int end, int tileRows, boolean parallel) {
        if (!parallel || tileRows - end < 4) {
            update(left, right, stride, width, h, tile, groupRow, end, tileRows, end, tileRows);
        } else {
            Parallel.triangle(0, tileRows - end, (from, to) ->
                    update(left, right, stride, width, h, tile, groupRow, end, tileRows, end + from, end + to));
        }
    }

    /** Subtracts the first {@code done} columns of the group from tile columns and rows of the rest, lower triangle only. */
    private static void update(double[] left, double[] right, int stride, int done, double[] h, int tile, int groupRow,
            int fromColumn, int toColumn, int fromRow, int toRow) {
        for (int band = fromRow * tile; band < toRow * tile; band += BAND) {
            int bandEnd = Math.min(toRow * tile, band + BAND);
            RegisterTile.lower(left, groupRow, right, groupRow, stride, done, h, tile,
                    fromColumn * tile, Math.min(toColumn * tile, bandEnd), band, bandEnd);
        }
    }

    /** A row-major tile to a column-major block: entry (r, c) at c * tile + r. */
    private static void transpose(double[] h, int offset, int tile, double[] blocks, int block) {
        for (int r = 0; r < tile; r++) {
            for (int c = 0; c < tile; c++) {
                blocks[block + c * tile + r] = h[offset + r * tile + c];
            }
        }
    }

    /** Factors the first block by panels of eight columns, each subtracted at once from all behind it; the first that fails, or -1. */
    private static int factorTile(double[] block, int tile, int n) {
        for (int panel = 0; panel < tile; panel += 8) {
            for (int c = panel; c < panel + 8 && c < n; c++) {
                int column = c * tile;
                double pivot = block[column + c];
                if (!(pivot > 0)) {
                    return c;
                }
                double root = Math.sqrt(pivot);
                divide(block, column, c / L * L, tile, root);
                block[column + c] = root;
                for (int j = c + 1; j < panel + 8; j++) {
                    eliminate(block, column, j * tile, -block[column + j], j / L * L, tile);
                }
            }
            for (int j = panel + 8; j < tile; j += 2) {
                eliminate8(block, tile, panel, j);
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
    private static void eliminate8(double[] block, int tile, int first, int j) {
        int x = j * tile;
        int y = x + tile;
        int k0 = first * tile;
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

    /** The blocks below the first: X = A L^-T, column by column, a strip of rows in registers. */
    private static void solve(double[] blocks, int tile, int count) {
        for (int block = tile * tile; block < count * tile * tile; block += tile * tile) {
            for (int r = 0; r < tile; r += 6 * L) {
                for (int c = 0; c < tile; c++) {
                    strip(blocks, block + r, tile, c);
                    divide(blocks, block + c * tile, r, r + 6 * L, blocks[c * tile + c]);
                }
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

    /** The blocks as panels of both operands of {@link RegisterTile}, the left one negated; their first row is that of column done. */
    private static void pack(double[] blocks, int tile, int count, int done, int stride, double[] left, double[] right) {
        for (int row = 0; row < count * tile; row += tile) {
            for (int c = 0; c < tile; c++) {
                int in = row * tile + c * tile;
                packNegated(blocks, in, tile, left, (done + row) * stride + (done + c) * RegisterTile.ROWS, stride);
                int out = (done + row) * stride + (done + c) * RegisterTile.COLUMNS;
                for (int r = 0; r < tile; r += RegisterTile.COLUMNS, out += stride * RegisterTile.COLUMNS) {
                    System.arraycopy(blocks, in + r, right, out, RegisterTile.COLUMNS);
                }
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

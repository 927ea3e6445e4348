package hesse.kernel;

import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Parallel;
import hesse.kernel.machine.Tuning;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * H += A' diag(w) B into tiles by register tiles from packed panels (Goto and van de Geijn, ACM TOMS 34(3), 2008); bits
 * as {@link GramScalar}. A block of rows of A and B is packed once, the weights multiplied in on the way. Matrices of
 * one tile take a path without packing.
 */
final class GramLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    /** Rows of the data packed at once: a panel of A of 384 x 8 takes 24 KB of L1. */
    private static final int DEPTH = Tuning.PRODUCT_DEPTH.value();
    /** Entries of the data that the path of one tile reads again and again: 16 KB of L1. */
    private static final int ONE_TILE_BLOCK = 2048;
    /** Rows of H whose panels of A are packed at once: 240 x 384 take 720 KB of L2. */
    private static final int BAND = Tuning.PRODUCT_BAND.value();
    /** Fewer where threads share them, so that all have work to the end; whole tiles. */
    private static final int PARALLEL_BAND = 96;

    private GramLanes() {}

    /** See {@link GramScalar#lower}; entries beyond the lower triangle of the tiles have no meaning. */
    static void lower(double[] a, int aFrom, double[] b, int bFrom, int rows, int n, double[] w, int wFrom,
            double[] h, int hOff, int tile, boolean parallel) {
        if (tile % Tiles.LARGE != 0 && n <= tile) {
            oneTile(a, aFrom, b, bFrom, rows, n, w, wFrom, h, hOff, tile);
        } else if (tile % Tiles.LARGE != 0) {
            GramScalar.lower(a, aFrom, b, bFrom, rows, n, w, wFrom, h, hOff, tile);
        } else {
            double[] right = PackBuffers.own().panels(stride(rows) * (n + RegisterTile.COLUMNS));
            for (int k = 0; k < rows; k += DEPTH) {
                block(a, aFrom + k * n, b, bFrom + k * n, Math.min(DEPTH, rows - k), n, w, wFrom + k, h, hOff, tile,
                        right, stride(rows), parallel);
            }
        }
    }

    private static int stride(int rows) {
        return Math.min(DEPTH, rows) | 1;
    }

    /** Adds what a block of rows adds: packs B once, then A by bands of rows of H. */
    private static void block(double[] a, int aFrom, double[] b, int bFrom, int depth, int n, double[] w, int wFrom,
            double[] h, int hOff, int tile, double[] right, int stride, boolean parallel) {
        if (!parallel) {
            pack(b, bFrom, n, depth, 0, n, RegisterTile.COLUMNS, null, 0, right, CacheLines.LEAD, stride);
            for (int band = 0; band < n; band += BAND) {
                band(a, aFrom, depth, n, w, wFrom, h, hOff, tile, right, stride, band, Math.min(n, band + BAND));
            }
            return;
        }
        int bands = (n + PARALLEL_BAND - 1) / PARALLEL_BAND;
        Parallel.each(bands, piece -> {
            int from = piece * PARALLEL_BAND;
            pack(b, bFrom, n, depth, from, Math.min(n, from + PARALLEL_BAND), RegisterTile.COLUMNS, null, 0, right,
                    CacheLines.LEAD + from * stride, stride);
        });
        Parallel.each(bands, piece -> {
            int from = (bands - 1 - piece) * PARALLEL_BAND;
            band(a, aFrom, depth, n, w, wFrom, h, hOff, tile, right, stride, from, Math.min(n, from + PARALLEL_BAND));
        });
    }

    private static void band(double[] a, int aFrom, int depth, int n, double[] w, int wFrom, double[] h, int hOff,
            int tile, double[] right, int stride, int band, int bandEnd) {
        double[] left = PackBuffers.own().left(stride * (Math.max(BAND, PARALLEL_BAND) + RegisterTile.ROWS));
        pack(a, aFrom, n, depth, band, bandEnd, RegisterTile.ROWS, w, wFrom, left, 0, stride);
        RegisterTile.lower(left, band, right, 0, stride, depth, h, hOff, tile, 0, bandEnd, band, bandEnd);
    }

    /**
     * Columns from (inclusive) to (exclusive) of row-major rows, times the weights, as panels [k][width]; zeros beyond
     * n. Panels start an odd number of rows apart, so that those written side by side do not meet in one set of the
     * cache.
     */
    private static void pack(double[] x, int xOff, int n, int depth, int from, int to, int width, double[] w, int wFrom,
            double[] panels, int pOff, int stride) {
        int whole = from + (to - from) / width * width;
        for (int k = 0; k < depth; k++) {
            double weight = w == null ? 1 : w[wFrom + k];
            packRow(x, xOff + k * n, from, whole, width, weight, panels, pOff + k * width, stride * width);
            for (int c = whole; c < whole + width && whole < to; c++) {
                panels[pOff + (whole - from) * stride + k * width + c - whole] = c < n ? weight * x[xOff + k * n + c]
                        : 0;
            }
        }
    }

    /** One row into whole panels of one or two vectors. */
    private static void packRow(double[] x, int xOff, int from, int to, int width, double weight, double[] panels,
            int pOff, int panel) {
        int out = pOff;
        for (int c = from; c < to; c += width, out += panel) {
            DoubleVector.fromArray(S, x, xOff + c).mul(weight).intoArray(panels, out);
            if (width > L) {
                DoubleVector.fromArray(S, x, xOff + c + L).mul(weight).intoArray(panels, out + L);
            }
        }
    }

    /** A matrix of one tile, from a block of the data that stays in L1. */
    private static void oneTile(double[] a, int aFrom, double[] b, int bFrom, int rows, int n, double[] w, int wFrom,
            double[] h, int hOff, int tile) {
        PackBuffers buffers = PackBuffers.own();
        int block = Math.min(DEPTH, ONE_TILE_BLOCK / tile);
        boolean whole = n == tile;
        double[] left = whole && w == null ? a : buffers.left(block * tile);
        double[] right = whole ? b : buffers.right(block * tile);
        for (int k = 0; k < rows; k += block) {
            int depth = Math.min(block, rows - k);
            int aOff = whole && w == null ? aFrom + k * n : 0;
            int bOff = whole ? bFrom + k * n : 0;
            if (left != a) {
                copyRows(a, aFrom + k * n, depth, n, w, wFrom + k, left, tile);
            }
            if (right != b) {
                copyRows(b, bFrom + k * n, depth, n, null, 0, right, tile);
            }
            RegisterTile.oneTile(left, aOff, right, bOff, depth, h, hOff, tile, n);
        }
    }

    /** Rows times their weights, padded with zeros to the tile size. */
    private static void copyRows(double[] x, int xOff, int rows, int n, double[] w, int wFrom, double[] out, int tile) {
        if (n == tile && n <= 2 * L) {
            scaleNarrow(x, xOff, rows, n, w, wFrom, out);
            return;
        }
        if (n < tile) {
            Arrays.fill(out, 0, rows * tile, 0);
        }
        if (n < 8) {
            scaleTiny(x, xOff, rows, n, w, wFrom, out, tile);
        } else {
            for (int r = 0; r < rows; r++) {
                scale(x, xOff + r * n, n, w == null ? 1 : w[wFrom + r], out, r * tile);
            }
        }
    }

    private static void scaleTiny(double[] x, int xOff, int rows, int n, double[] w, int wFrom, double[] out,
            int tile) {
        for (int r = 0; r < rows; r++) {
            double weight = w == null ? 1 : w[wFrom + r];
            for (int c = 0; c < n; c++) {
                out[r * tile + c] = weight * x[xOff + r * n + c];
            }
        }
    }

    /** Rows of one or two vectors, times their weights. */
    private static void scaleNarrow(double[] x, int xOff, int rows, int n, double[] w, int wFrom, double[] out) {
        for (int r = 0; r < rows; r++) {
            double weight = w == null ? 1 : w[wFrom + r];
            int at = r * n;
            DoubleVector.fromArray(S, x, xOff + at).mul(weight).intoArray(out, at);
            if (n > L) {
                DoubleVector.fromArray(S, x, xOff + at + L).mul(weight).intoArray(out, at + L);
            }
        }
    }

    private static void scale(double[] x, int xOff, int n, double weight, double[] out, int oOff) {
        int c = 0;
        for (; c + L <= n; c += L) {
            DoubleVector.fromArray(S, x, xOff + c).mul(weight).intoArray(out, oOff + c);
        }
        for (; c < n; c++) {
            out[oOff + c] = weight * x[xOff + c];
        }
    }
}

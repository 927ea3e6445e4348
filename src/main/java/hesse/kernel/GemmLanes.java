package hesse.kernel;

import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Tuning;
import java.util.Arrays;

/**
 * C += A B by register tiles from packed panels; bits as {@link GemmScalar}. Blocks at the edges of C pass through a
 * copy.
 */
final class GemmLanes {
    private static final int DEPTH = Tuning.PRODUCT_DEPTH.value();
    private static final int BAND = Tuning.PRODUCT_BAND.value();
    /** Columns of B that are packed at once: 384 x 8,192 take 24 MB. */
    private static final int WIDTH = 8_192;
    private static final int ROWS = RegisterTile.ROWS;
    private static final int COLUMNS = RegisterTile.COLUMNS;

    private GemmLanes() {}

    static void multiply(double[] a, int aOff, int aRow, int aColumn, double[] b, int bOff, int bRow, int bColumn,
            double[] c, int cOff, int ldc, int m, int n, int inner) {
        for (int j = 0; j < n; j += WIDTH) {
            columns(a, aOff, aRow, aColumn, b, bOff + j * bColumn, bRow, bColumn, c, cOff + j, ldc, m,
                    Math.min(WIDTH, n - j), inner);
        }
    }

    private static void columns(double[] a, int aOff, int aRow, int aColumn, double[] b, int bOff, int bRow,
            int bColumn, double[] c, int cOff, int ldc, int m, int n, int inner) {
        PackBuffers buffers = PackBuffers.own();
        int stride = Math.min(DEPTH, inner) | 1;
        double[] left = buffers.left(stride * (BAND + ROWS));
        double[] right = buffers.panels(stride * (n + COLUMNS));
        double[] edge = buffers.third(ROWS * COLUMNS);
        for (int k = 0; k < inner; k += DEPTH) {
            int depth = Math.min(DEPTH, inner - k);
            packRight(b, bOff + k * bRow, bRow, bColumn, depth, n, right, stride);
            for (int band = 0; band < m; band += BAND) {
                int rows = Math.min(BAND, m - band);
                packLeft(a, aOff + band * aRow + k * aColumn, aRow, aColumn, depth, rows, left, stride);
                for (int j = 0; j < n; j += COLUMNS) {
                    for (int i = 0; i < rows; i += ROWS) {
                        int at = cOff + (band + i) * ldc + j;
                        if (i + ROWS <= rows && j + COLUMNS <= n) {
                            RegisterTile.update(left, i * stride, right, CacheLines.LEAD + j * stride, depth, c, at,
                                    ldc);
                        } else {
                            edge(left, i * stride, right, CacheLines.LEAD + j * stride, depth, c, at, ldc,
                                    Math.min(ROWS, rows - i), Math.min(COLUMNS, n - j), edge);
                        }
                    }
                }
            }
        }
    }

    private static void edge(double[] left, int aOff, double[] right, int bOff, int depth, double[] c, int at, int ldc,
            int rows, int columns, double[] edge) {
        Arrays.fill(edge, 0, ROWS * COLUMNS, 0);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(c, at + r * ldc, edge, r * COLUMNS, columns);
        }
        RegisterTile.update(left, aOff, right, bOff, depth, edge, 0, COLUMNS);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(edge, r * COLUMNS, c, at + r * ldc, columns);
        }
    }

    private static void packLeft(double[] a, int aOff, int aRow, int aColumn, int depth, int rows, double[] panels,
            int stride) {
        for (int i = 0; i < rows; i += ROWS) {
            int used = Math.min(ROWS, rows - i);
            int from = aOff + i * aRow;
            int to = i * stride;
            if (used < ROWS) {
                Arrays.fill(panels, to, to + depth * ROWS, 0);
            }
            if (aRow == 1) {
                for (int k = 0; k < depth; k++) {
                    System.arraycopy(a, from + k * aColumn, panels, to + k * ROWS, used);
                }
            } else {
                interleave(a, from, aRow, aColumn, depth, used, panels, to);
            }
        }
    }

    private static void interleave(double[] a, int from, int aRow, int aColumn, int depth, int used, double[] panels,
            int to) {
        for (int k = 0; k < depth; k++) {
            for (int r = 0; r < used; r++) {
                panels[to + k * ROWS + r] = a[from + r * aRow + k * aColumn];
            }
        }
    }

    private static void packRight(double[] b, int bOff, int bRow, int bColumn, int depth, int n, double[] panels,
            int stride) {
        if (bColumn != 1) {
            packTransposed(b, bOff, bRow, bColumn, depth, n, panels, stride);
            return;
        }
        for (int k = 0; k < depth; k++) {
            for (int j = 0; j < n; j += COLUMNS) {
                int out = CacheLines.LEAD + j * stride + k * COLUMNS;
                int columns = Math.min(COLUMNS, n - j);
                System.arraycopy(b, bOff + k * bRow + j, panels, out, columns);
                Arrays.fill(panels, out + columns, out + COLUMNS, 0);
            }
        }
    }

    /** Columns that lie by rows, as of a transposed B: each is read in order. */
    private static void packTransposed(double[] b, int bOff, int bRow, int bColumn, int depth, int n, double[] panels,
            int stride) {
        for (int j = 0; j < n; j += COLUMNS) {
            int out = CacheLines.LEAD + j * stride;
            int columns = Math.min(COLUMNS, n - j);
            if (columns < COLUMNS) {
                Arrays.fill(panels, out, out + depth * COLUMNS, 0);
            }
            for (int c = 0; c < columns; c++) {
                int from = bOff + (j + c) * bColumn;
                for (int k = 0; k < depth; k++) {
                    panels[out + k * COLUMNS + c] = b[from + k * bRow];
                }
            }
        }
    }
}

package hesse.kernel;

import hesse.kernel.machine.Interrupts;
import java.util.Arrays;

/**
 * Triangular solves with a factor whose tiles are column-major, by products with its tiles: with one right-hand side, which
 * reads the factor once, and with the rows of a matrix of many.
 */
final class CholeskySolve {
    private final double[] l;
    private final int n;
    private final int tile;
    private final double[] b;
    /** Right-hand sides: the row length of b. */
    private final int count;
    private final double[] steps;
    private final double[] block;

    private CholeskySolve(double[] l, int n, int tile, double[] b, int count) {
        this.l = l;
        this.n = n;
        this.tile = tile;
        this.b = b;
        this.count = count;
        this.steps = new double[tile];
        this.block = new double[Math.multiplyExact(tile, count)];
    }

    /** L y = b. */
    static void forward(double[] l, int n, int tile, double[] b) {
        double[] steps = PackBuffers.own().third(tile);
        for (int first = 0; first < n; first += tile) {
            int used = Math.min(tile, n - first);
            int diagonal = Tiles.offset(first / tile, first / tile, tile);
            for (int j = 0; j < used; j++) {
                b[first + j] /= l[diagonal + j * tile + j];
                steps[j] = -b[first + j];
                Gemv.addTransposed(l, diagonal + j * tile + j + 1, tile, 1, used - j - 1, steps, j, b, first + j + 1);
            }
            for (int row = first + tile; row < n; row += tile) {
                int offset = Tiles.offset(row / tile, first / tile, tile);
                Gemv.addTransposed(l, offset, tile, used, Math.min(tile, n - row), steps, 0, b, row);
            }
        }
    }

    /** L'x = y, from the last row: x_j = (y_j - sum_i l_ij x_i)/l_jj. */
    static void back(double[] l, int n, int tile, double[] b) {
        double[] sums = PackBuffers.own().third(tile);
        for (int first = (n - 1) / tile * tile; first >= 0; first -= tile) {
            int used = Math.min(tile, n - first);
            for (int row = first + tile; row < n; row += tile) {
                int offset = Tiles.offset(row / tile, first / tile, tile);
                Gemv.multiply(l, offset, tile, used, Math.min(tile, n - row), b, row, sums, 0);
                for (int j = 0; j < used; j++) {
                    b[first + j] -= sums[j];
                }
            }
            int diagonal = Tiles.offset(first / tile, first / tile, tile);
            for (int j = used - 1; j >= 0; j--) {
                Gemv.multiply(l, diagonal + j * tile + j + 1, tile, 1, used - j - 1, b, first + j + 1, sums, 0);
                b[first + j] = (b[first + j] - sums[0]) / l[diagonal + j * tile + j];
            }
        }
    }

    /** L L'X = B for a row-major B of {@code count} columns, which becomes X. */
    static void solve(double[] l, int n, int tile, double[] b, int count) {
        CholeskySolve solve = new CholeskySolve(l, n, tile, b, count);
        for (int first = 0; first < n; first += tile) {
            if (first > 0) {
                Interrupts.check("solving for right-hand sides with a factor of", n, "rows");
            }
            solve.forward(first, Math.min(tile, n - first));
        }
        for (int first = (n - 1) / tile * tile; first >= 0; first -= tile) {
            if (first > 0) {
                Interrupts.check("solving for right-hand sides with a factor of", n, "rows");
            }
            solve.back(first, Math.min(tile, n - first));
        }
    }

    private void forward(int first, int used) {
        int diagonal = Tiles.offset(first / tile, first / tile, tile);
        for (int j = 0; j < used; j++) {
            divideRow(first + j, l[diagonal + j * tile + j]);
            negatedColumn(diagonal, j, used);
            Ger.add(b, (first + j + 1) * count, count, used - j - 1, count, steps, 0, b, (first + j) * count);
        }
        for (int i = 0; i < used * count; i++) {
            block[i] = -b[first * count + i];
        }
        for (int row = first + tile; row < n; row += tile) {
            Gemm.multiplyTransposed(l, Tiles.offset(row / tile, first / tile, tile), tile, block, 0, count,
                    b, row * count, count, Math.min(tile, n - row), count, used);
        }
    }

    private void back(int first, int used) {
        Arrays.fill(block, 0);
        for (int row = first + tile; row < n; row += tile) {
            Gemm.multiply(l, Tiles.offset(row / tile, first / tile, tile), tile, b, row * count, count,
                    block, 0, count, used, count, Math.min(tile, n - row));
        }
        for (int i = 0; i < used * count; i++) {
            b[first * count + i] -= block[i];
        }
        int diagonal = Tiles.offset(first / tile, first / tile, tile);
        for (int j = used - 1; j >= 0; j--) {
            negatedColumn(diagonal, j, used);
            Gemv.addTransposed(b, (first + j + 1) * count, count, used - j - 1, count, steps, 0, b, (first + j) * count);
            divideRow(first + j, l[diagonal + j * tile + j]);
        }
    }

    /** What stands below the diagonal in column j of a diagonal tile. */
    private void negatedColumn(int diagonal, int j, int used) {
        for (int i = j + 1; i < used; i++) {
            steps[i - j - 1] = -l[diagonal + j * tile + i];
        }
    }

    private void divideRow(int row, double divisor) {
        for (int c = row * count; c < (row + 1) * count; c++) {
            b[c] /= divisor;
        }
    }
}

package hesse.kernel.factor;

import hesse.kernel.Block;
import hesse.kernel.Gemm;
import hesse.kernel.Gemv;
import hesse.kernel.Ger;
import hesse.kernel.Tiles;
import hesse.kernel.machine.Interrupts;
import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Vectors;
import java.util.Arrays;

/**
 * Triangular solves with a factor whose tiles are column-major, by products with its tiles: with one right-hand side,
 * which reads the factor once, and with the rows of a matrix of many.
 */
final class CholeskySolve {
    private final Tiles l;
    /** Right-hand sides, a row each of the matrix' rows. */
    private final Block b;
    private final double[] steps;
    /** A tile's rows of the right-hand sides. */
    private final double[] part;

    private CholeskySolve(Tiles l, Block b) {
        this.l = l;
        this.b = b;
        this.steps = new double[l.tile()];
        this.part = new double[Math.min(l.n(), l.tile()) * b.columns()];
    }

    /** L y = b. */
    static void forward(Tiles l, double[] b) {
        int n = l.n();
        int tile = l.tile();
        boolean simd = Vectors.on();
        // minus y, beside it
        double[] steps = PackBuffers.own().third(n);
        for (int first = 0; first < n; first += tile) {
            int used = Math.min(tile, n - first);
            for (int j = first; j < first + used; j++) {
                int diagonal = l.index(j, j);
                b[j] /= l.data()[diagonal];
                steps[j] = -b[j];
                Gemv.addTransposed(simd, l.data(), diagonal + 1, tile, 1, first + used - j - 1, steps, j, b, j + 1);
            }
            for (int row = first + tile; row < n; row += tile) {
                Gemv.addTransposed(simd, l.data(), l.index(row, first), tile, used, Math.min(tile, n - row), steps,
                        first, b, row);
            }
        }
    }

    /** L'x = y, from the last row: x_j = (y_j - sum_i l_ij x_i)/l_jj. */
    static void back(Tiles l, double[] b) {
        int n = l.n();
        int tile = l.tile();
        boolean simd = Vectors.on();
        double[] sums = PackBuffers.own().third(n);
        for (int first = (Tiles.rows(n, tile) - 1) * tile; first >= 0; first -= tile) {
            int used = Math.min(tile, n - first);
            for (int row = first + tile; row < n; row += tile) {
                Gemv.multiply(simd, l.data(), l.index(row, first), tile, used, Math.min(tile, n - row), b, row, sums,
                        first);
                for (int j = first; j < first + used; j++) {
                    b[j] -= sums[j];
                }
            }
            for (int j = first + used - 1; j >= first; j--) {
                int diagonal = l.index(j, j);
                Gemv.multiply(simd, l.data(), diagonal + 1, tile, 1, first + used - j - 1, b, j + 1, sums, j);
                b[j] = (b[j] - sums[j]) / l.data()[diagonal];
            }
        }
    }

    private static double entry(Block block, int i, int j) {
        return block.data()[block.start() + i * block.stride() + j];
    }

    /** L L'X = B, which becomes X. */
    static void solve(Tiles l, Block b) {
        CholeskySolve solve = new CholeskySolve(l, b);
        int tile = l.tile();
        for (int first = 0; first < l.n(); first += tile) {
            if (first > 0) {
                Interrupts.check("solving for right-hand sides with a factor of", l.n(), "rows");
            }
            solve.forward(first, Math.min(tile, l.n() - first));
        }
        for (int first = (Tiles.rows(l.n(), tile) - 1) * tile; first >= 0; first -= tile) {
            if (first > 0) {
                Interrupts.check("solving for right-hand sides with a factor of", l.n(), "rows");
            }
            solve.back(first, Math.min(tile, l.n() - first));
        }
    }

    private void forward(int first, int used) {
        int tile = l.tile();
        Block diagonal = l.block(first / tile, first / tile);
        for (int j = 0; j < used; j++) {
            divideRow(first + j, entry(diagonal, j, j));
            Block column = negatedColumn(diagonal, j, used);
            Ger.add(b.rows(first + j + 1, used - j - 1), column, b.row(first + j, b.columns()));
        }
        Block negated = Block.of(part, used, b.columns());
        for (int i = 0; i < used; i++) {
            for (int c = 0; c < b.columns(); c++) {
                part[i * b.columns() + c] = -entry(b, first + i, c);
            }
        }
        for (int row = first + tile; row < l.n(); row += tile) {
            int rows = Math.min(tile, l.n() - row);
            Gemm.multiplyTransposed(l.block(row / tile, first / tile).leading(used, rows), negated, b.rows(row, rows));
        }
    }

    private void back(int first, int used) {
        int tile = l.tile();
        Block sums = Block.of(part, used, b.columns());
        Arrays.fill(part, 0);
        for (int row = first + tile; row < l.n(); row += tile) {
            int rows = Math.min(tile, l.n() - row);
            Gemm.multiply(l.block(row / tile, first / tile).leading(used, rows), b.rows(row, rows), sums);
        }
        for (int i = 0; i < used; i++) {
            int at = b.start() + (first + i) * b.stride();
            for (int c = 0; c < b.columns(); c++) {
                b.data()[at + c] -= part[i * b.columns() + c];
            }
        }
        Block diagonal = l.block(first / tile, first / tile);
        for (int j = used - 1; j >= 0; j--) {
            Block column = negatedColumn(diagonal, j, used);
            Gemv.addTransposed(b.rows(first + j + 1, used - j - 1), column, b.row(first + j, b.columns()));
            divideRow(first + j, entry(diagonal, j, j));
        }
    }

    /** What stands below the diagonal in column j of a diagonal tile. */
    private Block negatedColumn(Block diagonal, int j, int used) {
        for (int i = j + 1; i < used; i++) {
            steps[i - j - 1] = -entry(diagonal, j, i);
        }
        return Block.vector(steps, used - j - 1);
    }

    private void divideRow(int row, double divisor) {
        int at = b.start() + row * b.stride();
        for (int c = at; c < at + b.columns(); c++) {
            b.data()[c] /= divisor;
        }
    }
}

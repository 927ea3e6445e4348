package hesse.kernel.factor;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.Tiles;
import hesse.kernel.machine.Interrupts;

/**
 * Reference of {@link CholeskyFactorLanes}: H = L L' in place of the lower triangle of tiles, column by column. Entry
 * (i, j) adds fma(-l_ik, l_jk, h_ij) over k = 0, ..., j - 1 in order, then is divided by l_jj, or its square root taken
 * on the diagonal. Backward stable: ||H - L L'|| is below about n ulp of ||H|| (Higham, Accuracy and Stability, theorem
 * 10.3).
 */
final class CholeskyFactorScalar {
    private CholeskyFactorScalar() {}

    /**
     * Factors in place: l_ij, i &gt;= j, comes to lie in tile (i/T, j/T) at (j mod T) T + i mod T, so that tiles of L
     * are column-major; what lies above the diagonal of diagonal tiles is of no meaning.
     *
     * @return the first column whose pivot is not positive, or -1 where all are
     */
    static int factor(double[] h, int n, int tile) {
        for (int tileRow = 0; tileRow < Tiles.rows(n, tile); tileRow++) {
            for (int tileColumn = 0; tileColumn <= tileRow; tileColumn++) {
                transpose(h, Tiles.offset(tileRow, tileColumn, tile), tile);
            }
        }
        for (int j = 0; j < n; j++) {
            if (j > 0 && j % Tiles.LARGE == 0) {
                Interrupts.check("a Cholesky factorisation of", n, "rows");
            }
            for (int i = j; i < n; i++) {
                double sum = h[index(i, j, tile)];
                for (int k = 0; k < j; k++) {
                    sum = fma(-h[index(j, k, tile)], h[index(i, k, tile)], sum);
                }
                if (i == j && !(sum > 0)) {
                    return j;
                }
                h[index(i, j, tile)] = i == j ? Math.sqrt(sum) : sum / h[index(j, j, tile)];
            }
        }
        return -1;
    }

    /** Where l_ij lies in the factor. */
    static int index(int i, int j, int tile) {
        return Tiles.offset(i / tile, j / tile, tile) + j % tile * tile + i % tile;
    }

    private static void transpose(double[] h, int offset, int tile) {
        for (int r = 0; r < tile; r++) {
            for (int c = 0; c < r; c++) {
                double entry = h[offset + r * tile + c];
                h[offset + r * tile + c] = h[offset + c * tile + r];
                h[offset + c * tile + r] = entry;
            }
        }
    }
}

package hesse.kernel;

/**
 * Triangular solves with a factor whose tiles are column-major. Plain loops: one right-hand side reads the factor once and is
 * bound by memory, and both inner loops run along columns, where C2 vectorises what has no reduction.
 */
final class CholeskySolve {
    private CholeskySolve() {}

    /** L y = b, column by column: b_i -= l_ij y_j. */
    static void forward(double[] l, int n, int tile, double[] b) {
        for (int tileColumn = 0; tileColumn < Tiles.rows(n, tile); tileColumn++) {
            int last = Math.min(n, (tileColumn + 1) * tile);
            for (int j = tileColumn * tile; j < last; j++) {
                int column = CholeskyScalar.index(tileColumn * tile, j, tile) - tileColumn * tile;
                b[j] /= l[column + j];
                subtract(l, column, b, j + 1, last, -b[j]);
            }
            for (int tileRow = tileColumn + 1; tileRow < Tiles.rows(n, tile); tileRow++) {
                for (int j = tileColumn * tile; j < last; j++) {
                    int column = CholeskyScalar.index(tileRow * tile, j, tile) - tileRow * tile;
                    subtract(l, column, b, tileRow * tile, Math.min(n, (tileRow + 1) * tile), -b[j]);
                }
            }
        }
    }

    private static void subtract(double[] l, int column, double[] b, int from, int to, double factor) {
        for (int i = from; i < to; i++) {
            b[i] = Math.fma(factor, l[column + i], b[i]);
        }
    }

    /** L'x = y, from the last row: x_j = (y_j - sum_i l_ij x_i)/l_jj. */
    static void back(double[] l, int n, int tile, double[] b) {
        for (int tileColumn = Tiles.rows(n, tile) - 1; tileColumn >= 0; tileColumn--) {
            int last = Math.min(n, (tileColumn + 1) * tile);
            for (int tileRow = Tiles.rows(n, tile) - 1; tileRow > tileColumn; tileRow--) {
                for (int j = tileColumn * tile; j < last; j++) {
                    int column = CholeskyScalar.index(tileRow * tile, j, tile) - tileRow * tile;
                    b[j] -= inner(l, column, b, tileRow * tile, Math.min(n, (tileRow + 1) * tile));
                }
            }
            for (int j = last - 1; j >= tileColumn * tile; j--) {
                int column = CholeskyScalar.index(tileColumn * tile, j, tile) - tileColumn * tile;
                b[j] = (b[j] - inner(l, column, b, j + 1, last)) / l[column + j];
            }
        }
    }

    /** Four accumulators, the rest to the first. */
    private static double inner(double[] l, int column, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 = Math.fma(l[column + i], b[i], s0);
            s1 = Math.fma(l[column + i + 1], b[i + 1], s1);
            s2 = Math.fma(l[column + i + 2], b[i + 2], s2);
            s3 = Math.fma(l[column + i + 3], b[i + 3], s3);
        }
        for (; i < to; i++) {
            s0 = Math.fma(l[column + i], b[i], s0);
        }
        return (s0 + s2) + (s1 + s3);
    }
}

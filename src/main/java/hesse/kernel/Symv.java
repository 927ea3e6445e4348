package hesse.kernel;

import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Vectors;

/** y = H v on tiles: chooses the twin. */
public final class Symv {
    private Symv() {}

    /** See {@link SymvScalar}; y is overwritten and may not be v. */
    public static void symv(Tiles h, double[] v, double[] y) {
        if (Vectors.on()) {
            SymvLanes.symv(h.data(), h.n(), h.tile(), v, y);
        } else {
            SymvScalar.symv(h.data(), h.n(), h.tile(), v, y);
        }
    }

    /** Y += H V, row-major: each stored tile meets both its rows and its columns. */
    public static void symm(Tiles h, Block v, Block y) {
        int tile = h.tile();
        for (int row = 0; row < h.n(); row += tile) {
            int used = Math.min(tile, h.n() - row);
            for (int column = 0; column < row; column += tile) {
                Block block = h.block(row / tile, column / tile).rows(0, used);
                Gemm.multiply(block, v.rows(column, tile), y.rows(row, used));
                Gemm.multiplyTransposed(block, v.rows(row, used), y.rows(column, tile));
            }
            Gemm.multiply(h.block(row / tile, row / tile).leading(used, used), v.rows(row, used), y.rows(row, used));
        }
    }

    /** v'H v. */
    public static double quadraticForm(Tiles h, double[] v) {
        int n = h.n();
        double[] product = PackBuffers.own().third(n + 1);
        symv(h, v, product);
        Gemv.multiply(Vectors.on(), v, 0, n, 1, n, product, 0, product, n);
        return product[n];
    }
}

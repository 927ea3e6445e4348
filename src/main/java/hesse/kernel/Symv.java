package hesse.kernel;

/** y = H v on tiles: chooses the twin. */
public final class Symv {
    private Symv() {}

    /** See {@link SymvScalar}; y is overwritten and may not be v. */
    public static void symv(double[] h, int n, int tile, double[] v, double[] y) {
        if (Vectors.on()) {
            SymvLanes.symv(h, n, tile, v, y);
        } else {
            SymvScalar.symv(h, n, tile, v, y);
        }
    }

    /** Y += H V for a row-major V of {@code count} columns: each stored tile meets both its rows and its columns. */
    public static void symm(double[] h, int n, int tile, double[] v, double[] y, int count) {
        for (int row = 0; row < n; row += tile) {
            int used = Math.min(tile, n - row);
            for (int column = 0; column < row; column += tile) {
                int offset = Tiles.offset(row / tile, column / tile, tile);
                Gemm.multiply(h, offset, tile, v, column * count, count, y, row * count, count, used, count, tile);
                Gemm.multiplyTransposed(h, offset, tile, v, row * count, count, y, column * count, count, tile, count, used);
            }
            Gemm.multiply(h, Tiles.offset(row / tile, row / tile, tile), tile, v, row * count, count, y, row * count, count, used, count, used);
        }
    }

    /** v'H v. */
    public static double quadraticForm(double[] h, int n, int tile, double[] v) {
        double[] product = PackBuffers.own().third(n + 1);
        symv(h, n, tile, v, product);
        Gemv.multiply(product, 0, n, 1, n, v, 0, product, n);
        return product[n];
    }
}

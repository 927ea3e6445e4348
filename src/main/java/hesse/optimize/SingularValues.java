package hesse.optimize;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * The singular values of a small square matrix and its right singular vectors, by one-sided Jacobi rotations: small
 * ones to full relative accuracy where columns are scaled (Demmel and Veselic, SIAM J. Matrix Anal. Appl. 13, 1992).
 *
 * @param values in no order
 * @param vectors column k belongs to value k
 */
record SingularValues(double[] values, double[][] vectors) {
    private static final int SWEEPS = 60;

    static SingularValues of(double[][] matrix) {
        int n = matrix.length;
        double[][] u = new double[n][];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            u[i] = matrix[i].clone();
            v[i][i] = 1;
        }
        boolean rotated = true;
        for (int sweep = 0; sweep < SWEEPS && rotated; sweep++) {
            rotated = false;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotated |= rotate(u, v, p, q);
                }
            }
        }
        double[] values = new double[n];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                values[k] = Math.hypot(values[k], u[i][k]);
            }
        }
        return new SingularValues(values, v);
    }

    /** Makes columns p and q orthogonal. */
    private static boolean rotate(double[][] u, double[][] v, int p, int q) {
        double a = 0;
        double b = 0;
        double c = 0;
        for (double[] row : u) {
            a = fma(row[p], row[p], a);
            b = fma(row[q], row[q], b);
            c = fma(row[p], row[q], c);
        }
        if (Math.abs(c) <= 1e-16 * Math.sqrt(a * b) || c == 0) {
            return false;
        }
        double zeta = (b - a) / (2 * c);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.sqrt(1 + t * t);
        turn(u, p, q, cosine, cosine * t);
        turn(v, p, q, cosine, cosine * t);
        return true;
    }

    private static void turn(double[][] matrix, int p, int q, double cosine, double sine) {
        for (double[] row : matrix) {
            double first = row[p];
            row[p] = cosine * first - sine * row[q];
            row[q] = sine * first + cosine * row[q];
        }
    }
}

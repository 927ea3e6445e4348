package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Matrices from public reports about eigenvalues and factors, with the right values; numbers as in the list of reports.
 */
class ReportedMatricesTest {
    /** Within some part of each right value, or of 1 where that is 0. */
    private static void near(String what, double part, double[] right, double... actual) {
        assertEquals(right.length, actual.length, what);
        for (int i = 0; i < right.length; i++) {
            assertEquals(right[i], actual[i], part * (right[i] == 0 ? 1 : Math.abs(right[i])),
                    what + ": " + Arrays.toString(actual) + ", right is " + Arrays.toString(right));
        }
    }

    private static double[] of(double... numbers) {
        return numbers;
    }

    @Test
    void eigenvaluesOfAnySize() {
        double root = Math.sqrt(5);
        for (double size : of(1e-310, 1e-300, 1e-200, 1e-100, 1, 1e100, 1e200, 1e300)) {
            SymmetricEigen eigen = SymmetricEigen.of(SymmetricMatrix.fromPacked(2, of(2 * size, size, size)));
            double digits = size < 1e-308 ? 1e-12 : 1e-14;
            near("b62 times " + size, digits, of((3 - root) / 2 * size, (3 + root) / 2 * size), eigen.values());
            near("b62 times " + size, digits, of((1 + root) / 2),
                    eigen.vectors().get(0, 1) / eigen.vectors().get(1, 1));
            double[] v = eigen.vector(0);
            double[] w = eigen.vector(1);
            near("b62 times " + size, 1e-14, of(0, 1, 1), v[0] * w[0] + v[1] * w[1], v[0] * v[0] + v[1] * v[1],
                    w[0] * w[0] + w[1] * w[1]);
        }
    }

    @Test
    void largestEigenvalues() {
        double[] vector = {0.818207159789096, 0.214005710759507, -0.263824932422074, -0.436831537135830,
                -0.155926946446774};
        SymmetricMatrix one = SymmetricMatrix.fromPacked(5, of(
            15.035447086947079479, 3.932587856183598677, 1.028585791773944732, -4.848070276813470542,
            -1.268034278346991263, 1.563224909309606855,
            -8.027254936523050904, -2.099564123322002035, 2.588329820664053864, 4.285660509016328222,
            -2.865327349780228231, -0.749439073848281425, 0.923903910371237535, 1.529765824738644411,
            0.546049663433429209));
        for (int k = 1; k <= 5; k++) {
            Lanczos lanczos = Lanczos.largest(5, k, one::multiply);
            double[] right = new double[k];
            int most = lanczos.values()[0] > 1 ? 0 : k - 1;
            right[most] = 22.458967960480388;
            near("b63 k = " + k, 1e-13, right, lanczos.values());
            double sign = Math.signum(lanczos.vectors().get(0, most));
            for (int i = 0; i < 5; i++) {
                near("b63 vector", 1e-12, of(vector[i]), sign * lanczos.vectors().get(i, most));
            }
        }
    }

    @Test
    void matricesThatAreNotDefinite() {
        SymmetricMatrix singular = SymmetricMatrix.fromPacked(3, of(1, 2, 4, 3, 6, 9));
        assertThrows(ArithmeticException.class, () -> Cholesky.of(singular), "b65 singular");
        SymmetricMatrix indefinite = SymmetricMatrix.fromPacked(2, of(1, 2, 1));
        assertThrows(ArithmeticException.class, () -> Cholesky.of(indefinite), "b65 indefinite");
    }

    @Test
    void spectra() {
        SymmetricMatrix ring = SymmetricMatrix.of(24);
        for (int i = 0; i < 24; i++) {
            ring.set(Math.max(i, (i + 1) % 24), Math.min(i, (i + 1) % 24), 1);
        }
        double[] spectrum = SymmetricEigen.of(ring).values();
        for (int i = 0; i < 24; i++) {
            near("b65 pairs", 1e-13, of(0), spectrum[i] + spectrum[23 - i]);
        }
        near("b65 ring", 1e-14, of(2, 2 * Math.cos(Math.PI / 12), 2 * Math.cos(Math.PI / 12)), spectrum[23],
                spectrum[22], spectrum[21]);
        near("b65 single", 1e-16, of(0, 0, .01),
                SymmetricEigen.of(SymmetricMatrix.fromPacked(3, of(.01, 0, 0, 0, 0, 0))).values());
    }

    @Test
    void dependentColumns() {
        Qr twice = Qr.of(Matrix.of(new double[][] {{1, 1}, {1, 1}, {1, 1}}));
        assertThrows(ArithmeticException.class, () -> twice.solve(of(1, 2, 3)), "b66");
        for (double size : of(1e-300, 1e-10, 1e10, 1e300)) {
            Qr scaled = Qr.of(Matrix.of(new double[][] {{size, 1}, {size, 1}, {size, 1}}));
            assertThrows(ArithmeticException.class, () -> scaled.solve(of(1, 2, 3)), "b66 times " + size);
        }
    }
}

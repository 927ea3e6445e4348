package hesse.jmh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.jmh.RivalJvm;
import hesse.matrix.Cholesky;
import hesse.matrix.Ldl;
import hesse.matrix.NotPositiveDefinite;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link BackwardErrors} beside LAPACK's on the same matrices, which a JVM of its own computes. Prints the table. */
class BackwardErrorTest {
    /**
     * The largest backward error of Hesse's that passes where LAPACK is not available, in units of 2^-53: ten times the
     * largest that LAPACK was seen to have on these matrices.
     */
    private static final double ALONE = 300;

    @Test
    void sameOrderAsLapack() throws Exception {
        Map<String, SymmetricMatrix> matrices = BackwardErrors.matrices();
        RivalJvm lapack = RivalJvm.run(LapackErrors.class);
        assertFalse(lapack.failed(), () -> String.join("\n", lapack.lines()));
        double[][] theirs = lapack.why() != null ? null : lapack.lines().stream()
                .map(line -> Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
        assertEquals(matrices.size(), theirs == null ? matrices.size() : theirs.length);
        System.out.println("Backward errors in 2^-53, ours / LAPACK's"
                + (theirs == null ? ", not available: " + lapack.why() : ""));
        System.out.printf("%-24s%-20s%-20s%-20s%-20s%n", "matrix", "Cholesky", "LDL'", "eigenvectors", "orthogonality");
        int row = 0;
        for (String name : matrices.keySet()) {
            double[] ours = errors(matrices.get(name));
            double[] rival = theirs == null ? filled(Double.NaN) : theirs[row++];
            StringBuilder line = new StringBuilder(String.format("%-24s", name));
            for (int k = 0; k < ours.length; k++) {
                boolean isBoth = theirs == null || !Double.isNaN(rival[k]);
                boolean isMissing = Double.isNaN(ours[k]) || !isBoth;
                String other = theirs == null ? "-" : String.format("%.2f", rival[k]);
                line.append(String.format("%-20s",
                        isMissing ? "not definite" : String.format("%.2f / %s", ours[k], other)));
                assertTrue(isMissing || ours[k] <= (theirs == null ? ALONE : 10 * Math.max(1, rival[k])),
                        name + ": " + line);
            }
            System.out.println(line.toString().stripTrailing());
        }
    }

    private static double[] filled(double value) {
        double[] values = new double[4];
        Arrays.fill(values, value);
        return values;
    }

    private static double[] errors(SymmetricMatrix h) {
        double[] b = BackwardErrors.rightSide(h.n());
        double[] ldl = Ldl.of(h).solve(b);
        SymmetricEigen eigen = SymmetricEigen.of(h);
        double[] vectors = BackwardErrors.eigenErrors(h, k -> eigen.values()[k], (i, k) -> eigen.vectors().get(i, k));
        return new double[] {cholesky(h, b), BackwardErrors.solveError(h, i -> ldl[i]), vectors[0], vectors[1]};
    }

    private static double cholesky(SymmetricMatrix h, double[] b) {
        try {
            double[] x = Cholesky.of(h).solve(b);
            return BackwardErrors.solveError(h, i -> x[i]);
        } catch (NotPositiveDefinite none) {
            return Double.NaN;
        }
    }
}

package hesse.jmh.problem;

import hesse.kernel.function.ArrayFunctions;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/**
 * {@link Logistic} as a user of OpenBLAS writes its value and gradient by hand: a product with the data, a vectorised
 * loss, a product with their transpose.
 */
final class LogisticByHand {
    private final int rows;
    private final int n;
    private final double[] y;
    private final DoublePointer data;
    private final DoublePointer point;
    private final DoublePointer predictor;
    private final DoublePointer gradient;
    private final double[] z;
    private final double[] e;
    private final double[] l;

    LogisticByHand(Logistic problem) {
        rows = problem.rows;
        n = problem.n;
        y = problem.y;
        data = new DoublePointer(problem.x.length).put(problem.x, 0, problem.x.length);
        point = new DoublePointer(n).put(problem.beta, 0, n);
        predictor = new DoublePointer(rows);
        gradient = new DoublePointer(n);
        z = new double[rows];
        e = new double[rows];
        l = new double[rows];
    }

    /** By two dgemv and loops over arrays that C2 and our elementary functions vectorise. */
    double gradient(double[] g) {
        openblas.cblas_dgemv(openblas.CblasRowMajor, openblas.CblasNoTrans, rows, n, 1, data, n, point, 1,
                0, predictor, 1);
        predictor.get(z);
        for (int i = 0; i < rows; i++) {
            l[i] = -Math.abs(z[i]);
        }
        ArrayFunctions.exp(l, 0, e, 0, rows);
        ArrayFunctions.log1p(e, 0, l, 0, rows);
        double[] sums = new double[8];
        for (int i = 0; i < rows; i++) {
            sums[i & 7] += Math.max(z[i], 0) + l[i] - y[i] * z[i];
            z[i] = (z[i] < 0 ? e[i] : 1) / (1 + e[i]) - y[i];
        }
        predictor.put(z, 0, rows);
        openblas.cblas_dgemv(openblas.CblasRowMajor, openblas.CblasTrans, rows, n, 1, data, n, predictor, 1,
                0, gradient, 1);
        gradient.get(g);
        return Arrays.stream(sums).sum();
    }
}

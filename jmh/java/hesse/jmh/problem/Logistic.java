package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import hesse.kernel.Elementwise;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Logistic regression on made-up data, as a sum over rows, and as a user of OpenBLAS writes its value and gradient by hand: a product
 * with the data, a vectorised loss, a product with their transpose.
 */
final class Logistic {
    final int rows;
    final int n;
    final double[] x;
    final double[] y;
    final double[] beta;
    final Objective objective;
    private final DoublePointer data;
    private final DoublePointer point;
    private final DoublePointer predictor;
    private final DoublePointer gradient;
    private final double[] z;
    private final double[] e;
    private final double[] l;

    /** @param size "ROWSxN" */
    Logistic(String size) {
        rows = Integer.parseInt(size.split("x")[0]);
        n = Integer.parseInt(size.split("x")[1]);
        Random random = new Random(1);
        x = random.doubles((long) rows * n, -1, 1).toArray();
        y = random.ints(rows, 0, 2).asDoubleStream().toArray();
        beta = random.doubles(n, -0.1, 0.1).toArray();
        objective = Objective.sum(n, Rows.of(rows).column("x", n, x).column("y", y), (b, row) -> {
            Expr predicted = Functions.dot(row.get("x"), b);
            return Functions.softplus(predicted).minus(row.get("y").times(predicted));
        });
        openblas.blas_set_num_threads(1);
        data = new DoublePointer(x.length).put(x, 0, x.length);
        point = new DoublePointer(n).put(beta, 0, n);
        predictor = new DoublePointer(rows);
        gradient = new DoublePointer(n);
        z = new double[rows];
        e = new double[rows];
        l = new double[rows];
    }

    /** By two dgemv and loops over arrays that C2 and our elementary functions vectorise. */
    double byHand(double[] g) {
        openblas.cblas_dgemv(openblas.CblasRowMajor, openblas.CblasNoTrans, rows, n, 1, data, n, point, 1, 0, predictor, 1);
        predictor.get(z);
        for (int i = 0; i < rows; i++) {
            l[i] = -Math.abs(z[i]);
        }
        Elementwise.exp(l, 0, e, 0, rows);
        Elementwise.log1p(e, 0, l, 0, rows);
        double[] sums = new double[8];
        for (int i = 0; i < rows; i++) {
            sums[i & 7] += Math.max(z[i], 0) + l[i] - y[i] * z[i];
            z[i] = (z[i] < 0 ? e[i] : 1) / (1 + e[i]) - y[i];
        }
        predictor.put(z, 0, rows);
        openblas.cblas_dgemv(openblas.CblasRowMajor, openblas.CblasTrans, rows, n, 1, data, n, predictor, 1, 0, gradient, 1);
        gradient.get(g);
        return Arrays.stream(sums).sum();
    }
}

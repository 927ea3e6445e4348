package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import java.util.Random;

/** Logistic regression on made-up data, as a sum over rows. */
final class Logistic {
    final int rows;
    final int n;
    final double[] x;
    final double[] y;
    final double[] beta;
    final Objective objective;

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
    }
}

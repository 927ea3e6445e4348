package hesse.optimize;

import static hesse.Functions.cos;
import static hesse.Functions.exp;
import static hesse.Functions.pow;

import hesse.Expr;
import hesse.Rows;
import hesse.VectorFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A fit whose data are its model's own values at parameters that are known, rounded to double: the least sum of squares
 * is that of rounding.
 *
 * @param name the family and the seed
 * @param residuals response less model
 * @param truth the parameters of the data
 * @param start where a fit begins
 * @param size the norm of the data
 */
record ExactProblem(String name, VectorFunction residuals, double[] truth, double[] start, double size) {
    /** A model by name: parameters, and how they and x give the response. */
    private record Family(String name, int n, BiFunction<Expr, Expr, Expr> model, double[] low, double[] high,
            double spread) {}

    private static final List<Family> FAMILIES = List.of(
            new Family("line", 2, (b, x) -> b.get(0).plus(b.get(1).times(x)), new double[] {-3, -3},
            new double[] {3, 3}, 3),
            new Family("cubic", 4, (b, x) -> b.get(0)
            .plus(x.times(b.get(1).plus(x.times(b.get(2).plus(x.times(b.get(3))))))),
                    new double[] {-3, -3, -3, -3}, new double[] {3, 3, 3, 3}, 3),
            new Family("quintic through powers", 6,
            (b, x) -> b.get(0).plus(b.get(1).times(x)).plus(b.get(2).times(pow(x, 2))).plus(b.get(3).times(pow(x, 3)))
                    .plus(b.get(4).times(pow(x, 4))).plus(b.get(5).times(pow(x, 5))), new double[] {1, 1, 1, 1, 1, 1},
                    new double[] {2, 2, 2, 2, 2, 2}, 1),
            new Family("exponential", 2, (b, x) -> b.get(0).times(exp(b.get(1).times(x).negate())),
            new double[] {.5, .2}, new double[] {5, 1.5}, .5),
            new Family("exponential and offset", 3,
            (b, x) -> b.get(0).times(exp(b.get(1).times(x).negate())).plus(b.get(2)),
                    new double[] {.5, .3, -2}, new double[] {5, 1.5, 2}, .4),
            new Family("growth", 2, (b, x) -> b.get(0).times(exp(b.get(1).times(x))), new double[] {.5, .2},
            new double[] {5, .9}, .3),
            new Family("two exponentials", 4, (b, x) ->
            b.get(0).times(exp(b.get(1).times(x).negate())).plus(b.get(2).times(exp(b.get(3).times(x).negate()))),
                    new double[] {1, .2, 1, 1.5}, new double[] {3, .5, 3, 3}, .1),
            new Family("power", 2, (b, x) -> b.get(0).times(pow(x.plus(.25), b.get(1))), new double[] {.5, .3},
            new double[] {5, 2.5}, .5),
            new Family("peak", 3, (b, x) -> b.get(0)
            .times(exp(x.minus(b.get(1)).dividedBy(b.get(2)).square().negate())),
                    new double[] {.5, 2, 1}, new double[] {5, 4, 2}, .15),
            new Family("Lorentz peak and offset", 4,
            (b, x) -> b.get(3).plus(b.get(0).dividedBy(x.minus(b.get(1)).dividedBy(b.get(2)).square().plus(1))),
                    new double[] {.5, 2, 1, -1}, new double[] {5, 4, 2, 1}, .1),
            new Family("sigmoid", 3, (b, x) ->
            b.get(0).dividedBy(exp(x.minus(b.get(1)).dividedBy(b.get(2)).negate()).plus(1)),
                    new double[] {.5, 2, .5}, new double[] {5, 4, 1.5}, .2),
            new Family("saturation", 2, (b, x) -> b.get(0).times(x).dividedBy(x.plus(b.get(1))), new double[] {.5, .5},
            new double[] {5, 3}, .5),
            new Family("wave", 3, (b, x) -> b.get(0).times(cos(b.get(1).times(x).plus(b.get(2)))),
            new double[] {.5, .5, -1}, new double[] {5, 1.5, 1}, .1),
            new Family("line above a constant", 1, (b, x) -> b.get(0).times(x).plus(1e6), new double[] {.5},
            new double[] {5}, 1),
            new Family("reciprocal", 2, (b, x) -> b.get(0).plus(b.get(1).times(x)).reciprocal(), new double[] {1, .2},
            new double[] {3, 2}, .3));

    /**
     * Problem number i of a seed: its family, truth, start, number of rows and the unit of y, 2^-40 to 2^40, follow
     * from them.
     */
    static ExactProblem of(long seed, int i) {
        return of(seed, i, 0, 0, 0);
    }

    /**
     * The same problem in other units, or with errors.
     *
     * @param response y and the model are multiplied by 2^response
     * @param parameters each is divided by 2^parameters
     * @param noise standard deviation of the errors, as a part of the root mean square of y
     */
    static ExactProblem of(long seed, int i, int response, int parameters, double noise) {
        Family family = FAMILIES.get(i % FAMILIES.size());
        Random random = new Random(seed * 1_000_003 + i);
        int n = family.n;
        int m = n + random.nextInt(2, 40);
        double unit = Math.scalb(1.0, random.nextInt(-40, 41) + response);
        double[] truth = new double[n];
        double[] start = new double[n];
        for (int j = 0; j < n; j++) {
            truth[j] = random.nextDouble(family.low[j], family.high[j]);
            if (random.nextInt(3) == 0) {
                truth[j] = Math.rint(4 * truth[j]) / 4;
            }
            start[j] = truth[j] + family.spread * random.nextGaussian() * Math.min(1, Math.abs(truth[j]));
        }
        if (family.spread >= 1 && random.nextInt(3) == 0) {
            Arrays.fill(start, 0);
        }
        double[] x = new double[m];
        for (int row = 0; row < m; row++) {
            x[row] = random.nextBoolean() ? 6.0 * row / m : random.nextDouble(0, 6);
        }
        Arrays.setAll(truth, j -> Math.scalb(truth[j], -parameters));
        Arrays.setAll(start, j -> Math.scalb(start[j], -parameters));
        BiFunction<Expr, Expr, Expr> model = (b, at) ->
                family.model.apply(b.times(Math.scalb(1.0, parameters)), at).times(unit);
        double[] y = VectorFunction.perRow(n, Rows.of(m).column("x", x), (b, row) -> model.apply(b, row.get("x")))
                .value(truth);
        double size = Algebra.norm(y);
        Arrays.setAll(y, row -> y[row] + noise * size / Math.sqrt(m) * random.nextGaussian());
        VectorFunction residuals = VectorFunction.perRow(
                n, Rows.of(m).column("x", x).column("y", y),
                (b, row) -> row.get("y").minus(model.apply(b, row.get("x"))));
        return new ExactProblem(family.name + " " + seed + "/" + i, residuals, truth, start, size);
    }
}

package hesse.optimize;

import static hesse.Functions.exp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.Expr;
import hesse.Rows;
import hesse.VectorFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often 95 % intervals hold the truth, in 1,000 simulated fits of 50 rows. */
class CoverageTest {
    private static final int ROWS = 50;
    private static final int FITS = 1_000;
    private static final double DEVIATION = 0.05;
    private static final long SEED = 7;

    private enum Errors {
        NORMAL,
        /** A tenth of the rows are off by twenty times as much. */
        OUTLIERS
    }

    /** A model, its truth and lower bounds. */
    private record Case(String name, double[] truth, double[] lower, BiFunction<Expr, Expr, Expr> model) {}

    private static final double FREE = Double.NEGATIVE_INFINITY;
    private static final List<Case> CASES = List.of(
            new Case("line", new double[] {1, .5}, new double[] {FREE, FREE},
                    (b, t) -> b.get(0).plus(b.get(1).times(t))),
            new Case("offset at its bound", new double[] {3, .8, 0}, new double[] {FREE, FREE, 0},
                    (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(b.get(2))));

    @ParameterizedTest
    @EnumSource(Loss.class)
    void intervalsHoldTheTruth(Loss loss) {
        List<String> failed = new ArrayList<>();
        for (Case each : CASES) {
            for (Errors errors : loss == Loss.SQUARE ? List.of(Errors.NORMAL) : List.of(Errors.values())) {
                double[] coverage = coverage(each, errors, loss, (loss == Loss.CAUCHY ? 2.385 : 1.345) * DEVIATION);
                System.out.println(loss + ", " + each.name + ", " + errors + ": " + Arrays.toString(coverage));
                for (int j = 0; j < coverage.length; j++) {
                    if (each.lower[j] == FREE && !(coverage[j] >= 0.93 && coverage[j] <= 0.97)) {
                        failed.add(each.name + ", " + errors + ", parameter " + (j + 1) + ", seed " + SEED + ": "
                                + coverage[j]);
                    }
                }
            }
        }
        assertEquals(List.of(), failed);
    }

    private static double[] coverage(Case each, Errors errors, Loss loss, double scale) {
        Random random = new Random(SEED);
        int n = each.truth.length;
        double[] t = new double[ROWS];
        Arrays.setAll(t, i -> 0.1 * i);
        VectorFunction model = VectorFunction.perRow(
                n, Rows.of(ROWS).column("t", t), (b, row) -> each.model.apply(b, row.get("t")));
        double[] mean = model.value(each.truth);
        double[] y = new double[ROWS];
        double[] upper = new double[n];
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        VectorFunction residuals = VectorFunction.perRow(n, Rows.of(ROWS).column("t", t).column("y", y),
                (b, row) -> row.get("y").minus(each.model.apply(b, row.get("t"))));
        double[] held = new double[n];
        for (int fit = 0; fit < FITS; fit++) {
            for (int i = 0; i < ROWS; i++) {
                double factor = errors == Errors.OUTLIERS && random.nextInt(10) == 0 ? 20 : 1;
                y[i] = mean[i] + factor * DEVIATION * random.nextGaussian();
            }
            Fit found = LeastSquares.of(residuals.on(Rows.of(ROWS).column("t", t).column("y", y))).from(each.truth)
                    .bounds(each.lower, upper)
                    .stepTolerance(1e-8).loss(loss, scale).run();
            double[] half = found.confidence(0.95);
            for (int j = 0; j < n; j++) {
                held[j] += Math.abs(found.parameters()[j] - each.truth[j]) <= half[j] ? 1.0 / FITS : 0;
            }
        }
        return held;
    }
}

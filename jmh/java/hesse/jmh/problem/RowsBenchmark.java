package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import hesse.Settings;
import hesse.Tier;
import hesse.matrix.SymmetricMatrix;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sums over rows, lane tier beside scalar tier: logistic regression, and NIST's Thurber and Gauss1 models over many rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RowsBenchmark {
    @Param({"logistic20000x16", "logistic20000x128", "thurber100000", "gauss100000"})
    private String problem;

    private Objective lanes;
    private Objective scalar;
    private double[] x;
    private double[] g;
    private SymmetricMatrix h;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        Objective f = switch (problem) {
            case "logistic20000x16" -> logistic(random, 20_000, 16);
            case "logistic20000x128" -> logistic(random, 20_000, 128);
            case "thurber100000" -> model(random, 7, RowsBenchmark::thurber);
            case "gauss100000" -> model(random, 8, RowsBenchmark::gauss);
            default -> throw new IllegalArgumentException(problem);
        };
        lanes = f.with(Settings.defaults().tier(Tier.LANES));
        scalar = f.with(Settings.defaults().tier(Tier.SCALAR));
        x = random.doubles(f.n(), 0.1, 0.9).toArray();
        g = new double[f.n()];
        h = SymmetricMatrix.of(f.n());
        if (lanes.gradient(x, g) != scalar.value(x)) {
            throw new IllegalStateException("tiers differ");
        }
    }

    private static Objective logistic(Random random, int rows, int n) {
        Rows data = Rows.of(rows).column("x", n, random.doubles((long) rows * n, -1, 1).toArray()).column("y", random.ints(rows, 0, 2).asDoubleStream().toArray());
        return Objective.sum(n, data, (beta, row) -> {
            Expr z = Functions.dot(row.get("x"), beta);
            return Functions.softplus(z).minus(row.get("y").times(z));
        });
    }

    @FunctionalInterface
    private interface Model {
        Expr at(Expr b, Expr t);
    }

    private static Objective model(Random random, int n, Model model) {
        int rows = 100_000;
        Rows data = Rows.of(rows).column("t", random.doubles(rows, -1, 1).toArray()).column("y", random.doubles(rows).toArray());
        return Objective.sum(n, data, (b, row) -> Functions.square(model.at(b, row.get("t")).minus(row.get("y"))));
    }

    private static Expr thurber(Expr b, Expr t) {
        Expr t2 = t.times(t);
        Expr t3 = t2.times(t);
        Expr above = b.get(0).plus(b.get(1).times(t)).plus(b.get(2).times(t2)).plus(b.get(3).times(t3));
        Expr below = b.get(4).times(t).plus(b.get(5).times(t2)).plus(b.get(6).times(t3)).plus(1);
        return above.dividedBy(below);
    }

    private static Expr gauss(Expr b, Expr t) {
        Expr first = Functions.exp(Functions.square(t.minus(b.get(3)).dividedBy(b.get(4))).negate());
        Expr second = Functions.exp(Functions.square(t.minus(b.get(6)).dividedBy(b.get(7))).negate());
        return b.get(0).times(Functions.exp(b.get(1).times(t).negate())).plus(b.get(2).times(first)).plus(b.get(5).times(second));
    }

    @Benchmark
    public double simd() {
        return lanes.gradient(x, g);
    }

    @Benchmark
    public double scalar() {
        return scalar.gradient(x, g);
    }

    @Benchmark
    public double simdHessian() {
        return lanes.hessian(x, g, h);
    }

    @Benchmark
    public double scalarHessian() {
        return scalar.hessian(x, g, h);
    }
}

package hesse.jmh.problem;

import hesse.Objective;
import hesse.Settings;
import hesse.Tier;
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

/** Value and gradient at a single point: compiled ({@code simd}), written by hand in Java, by the scalar tier. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PointBenchmark {
    @Param({"rosenbrock2", "wood4", "arm6", "rosenbrock100"})
    private String function;

    @FunctionalInterface
    private interface ByHand {
        double gradient(double[] x, double[] g);
    }

    private Objective compiled;
    private Objective plain;
    private ByHand hand;
    private double[] x;
    private double[] g;

    @Setup
    public void setUp() {
        switch (function) {
            case "rosenbrock2" -> of(Objective.of(2, Models::rosenbrock), Models::rosenbrock);
            case "wood4" -> of(Objective.of(4, Models::wood), Models::wood);
            case "arm6" -> of(Objective.of(6, Models::arm), Models::arm);
            case "rosenbrock100" -> of(Objective.of(100, Models::rosenbrock), Models::rosenbrock);
            default -> throw new IllegalArgumentException(function);
        }
        double[] expected = new double[x.length];
        Models.agree("value", compiled.gradient(x, g), hand.gradient(x, expected));
        for (int i = 0; i < x.length; i++) {
            Models.agree("gradient", g[i], expected[i]);
        }
    }

    private void of(Objective f, ByHand hand) {
        compiled = f.with(Settings.defaults().tier(Tier.FUSED)).prepare();
        plain = f.with(Settings.defaults().tier(Tier.SCALAR));
        this.hand = hand;
        x = new Random(1).doubles(f.n(), -1.5, 1.5).toArray();
        g = new double[f.n()];
    }

    @Benchmark
    public double simd() {
        return compiled.gradient(x, g);
    }

    @Benchmark
    public double byHand() {
        return hand.gradient(x, g);
    }

    @Benchmark
    public double scalar() {
        return plain.gradient(x, g);
    }
}

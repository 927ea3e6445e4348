package hesse.jmh.problem;

import hesse.Objective;
import hesse.Settings;
import hesse.Tier;
import hesse.jmh.Rival;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Value and gradient of a logistic regression: by the compiled tier ({@code simd}), by lanes, by the scalar tier, and
 * by two OpenBLAS dgemv with a vectorised loss between them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LogisticBenchmark {
    @Param({"2000x16", "20000x128", "200000x16"})
    private String size;

    private Logistic problem;
    private Objective fused;
    private Objective lanes;
    private Objective plain;
    private double[] g;

    @Setup
    public void setUp() {
        problem = new Logistic(size);
        fused = problem.objective.with(Settings.defaults().tier(Tier.FUSED));
        lanes = problem.objective.with(Settings.defaults().tier(Tier.LANES));
        plain = problem.objective.with(Settings.defaults().tier(Tier.SCALAR));
        g = new double[problem.n];
    }

    /** OpenBLAS by hand. */
    @State(Scope.Thread)
    public static class OpenBlas extends Rival {
        private LogisticByHand byHand;

        @Setup
        public void setUp(LogisticBenchmark own) {
            openblasOnOneThread();
            byHand = new LogisticByHand(own.problem);
            double[] expected = new double[own.problem.n];
            Models.agree("value", own.lanes.gradient(own.problem.beta, own.g), byHand.gradient(expected));
            for (int i = 0; i < expected.length; i++) {
                Models.agree("gradient", own.g[i], expected[i]);
            }
        }
    }

    @Benchmark
    public double simd() {
        return fused.gradient(problem.beta, g);
    }

    @Benchmark
    public double lanes() {
        return lanes.gradient(problem.beta, g);
    }

    @Benchmark
    public double openblas(OpenBlas rival) {
        return rival.byHand.gradient(g);
    }

    @Benchmark
    public double scalar() {
        return plain.gradient(problem.beta, g);
    }

    @Benchmark
    @Fork(jvmArgsAppend = "-Dhesse.threads=2")
    public double simdTwoThreads() {
        return fused.gradient(problem.beta, g);
    }
}

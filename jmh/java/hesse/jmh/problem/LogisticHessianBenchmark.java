package hesse.jmh.problem;

import hesse.Objective;
import hesse.Settings;
import hesse.Tier;
import hesse.matrix.SymmetricMatrix;
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
 * Value, gradient and Hessian of a logistic regression, beside the weighted Gram matrix alone, whose weights are given.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LogisticHessianBenchmark {
    @Param({"2000x16", "20000x128", "200000x16"})
    private String size;

    private Logistic problem;
    private Objective fused;
    private Objective lanes;
    private Objective plain;
    private double[] g;
    private SymmetricMatrix h;
    private SymmetricMatrix gram;
    private double[] weights;

    @Setup
    public void setUp() {
        problem = new Logistic(size);
        fused = problem.objective.with(Settings.defaults().tier(Tier.FUSED));
        lanes = problem.objective.with(Settings.defaults().tier(Tier.LANES));
        plain = problem.objective.with(Settings.defaults().tier(Tier.SCALAR));
        g = new double[problem.n];
        h = SymmetricMatrix.of(problem.n);
        gram = SymmetricMatrix.of(problem.n);
        lanes.hessian(problem.beta, g, h);
        weights = new double[problem.rows];
        for (int r = 0; r < problem.rows; r++) {
            double z = 0;
            for (int i = 0; i < problem.n; i++) {
                z += problem.x[r * problem.n + i] * problem.beta[i];
            }
            double e = Math.exp(-Math.abs(z));
            weights[r] = e / ((1 + e) * (1 + e));
        }
        gram();
        for (int i = 0; i < problem.n; i++) {
            for (int j = 0; j <= i; j++) {
                Models.agree("Hessian", h.get(i, j), gram.get(i, j));
            }
        }
    }

    @Benchmark
    public double simd() {
        return fused.hessian(problem.beta, g, h);
    }

    @Benchmark
    public double lanes() {
        return lanes.hessian(problem.beta, g, h);
    }

    @Benchmark
    public SymmetricMatrix gram() {
        gram.clear();
        gram.addGram(problem.x, 0, problem.rows, weights, 0);
        return gram;
    }

    @Benchmark
    public double scalar() {
        return plain.hessian(problem.beta, g, h);
    }

    @Benchmark
    @Fork(jvmArgsAppend = "-Dhesse.threads=2")
    public double simdTwoThreads() {
        return fused.hessian(problem.beta, g, h);
    }
}

package hesse.jmh.derivative;

import hesse.Objective;
import hesse.Settings;
import hesse.Tier;
import hesse.jmh.problem.Models;
import hesse.matrix.SymmetricMatrix;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.analysis.differentiation.Gradient;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What each derivative costs at a single point, so that "a gradient costs k values" can be read off: Hesse compiled,
 * Hipparchus, and central differences of the compiled value. All but {@code value} give the value too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DerivativeBenchmark {
    private static final double STEP = 1e-5;

    @Param({"rosenbrock2", "rosenbrock5", "rosenbrock10", "rosenbrock20", "rosenbrock50", "rosenbrock100"})
    private String function;

    private int n;
    private Objective f;
    private double[] x;
    private double[] v;
    private double[] g;
    private SymmetricMatrix h;
    private DSFactory second;

    @Setup
    public void setUp() {
        n = Integer.parseInt(function.substring("rosenbrock".length()));
        f = Objective.of(n, Models::rosenbrock).with(Settings.defaults().tier(Tier.FUSED)).prepare();
        x = new Random(1).doubles(n, -1.5, 1.5).toArray();
        v = new Random(2).doubles(n, -1, 1).toArray();
        g = new double[n];
        h = SymmetricMatrix.of(n);
        second = new DSFactory(n, 2);
        hessian();
        double[] forward = hipparchusGradient().getGradient();
        double[] differences = differencesGradient().clone();
        hessian();
        for (int i = 0; i < n; i++) {
            Models.agree("gradient", g[i], forward[i]);
            if (Math.abs(g[i] - differences[i]) > 1e-4 * Math.max(1, Math.abs(g[i]))) {
                throw new IllegalStateException("differences: " + differences[i] + ", expected " + g[i]);
            }
        }
    }

    @Benchmark
    public double value() {
        return f.value(x);
    }

    @Benchmark
    public double gradient() {
        return f.gradient(x, g);
    }

    @Benchmark
    public double hessianVector() {
        return f.hessianVector(x, v, g);
    }

    @Benchmark
    public double hessian() {
        return f.hessian(x, g, h);
    }

    @Benchmark
    public double[] differencesGradient() {
        for (int i = 0; i < n; i++) {
            double at = x[i];
            x[i] = at + STEP;
            double after = f.value(x);
            x[i] = at - STEP;
            g[i] = (after - f.value(x)) / (2 * STEP);
            x[i] = at;
        }
        return g;
    }

    @Benchmark
    public Gradient hipparchusGradient() {
        Gradient sum = Gradient.constant(n, 0);
        for (int i = 0; i + 1 < n; i++) {
            Gradient here = Gradient.variable(n, i, x[i]);
            sum = sum.add(Gradient.variable(n, i + 1, x[i + 1]).subtract(here.square()).square().multiply(100))
                    .add(here.negate().add(1).square());
        }
        return sum;
    }

    @Benchmark
    public DerivativeStructure hipparchusHessian() {
        DerivativeStructure sum = second.constant(0);
        for (int i = 0; i + 1 < n; i++) {
            DerivativeStructure here = second.variable(i, x[i]);
            sum = sum.add(second.variable(i + 1, x[i + 1]).subtract(here.square()).square().multiply(100))
                    .add(here.negate().add(1).square());
        }
        return sum;
    }
}

package hesse.jmh.kernel;

import hesse.kernel.function.ArrayFunctions;
import hesse.kernel.function.Gamma;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The logarithm of the gamma function and its first two derivatives, of {@value #N} numbers from 0.1 to 20: in lanes,
 * one by one, by Hipparchus.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GammaBenchmark {
    private static final int N = 2048;

    @Param({"lgamma", "digamma", "trigamma"})
    private String function;

    private int order;
    private DoubleUnaryOperator scalar;
    private DoubleUnaryOperator rival;
    private double[] x;
    private double[] y;

    @Setup
    public void setUp() {
        order = switch (function) {
            case "lgamma" -> -1;
            case "digamma" -> 0;
            default -> 1;
        };
        scalar = order < 0 ? Gamma::lgamma : v -> Gamma.polygamma(order, v);
        rival = switch (order) {
            case -1 -> org.hipparchus.special.Gamma::logGamma;
            case 0 -> org.hipparchus.special.Gamma::digamma;
            default -> org.hipparchus.special.Gamma::trigamma;
        };
        x = Rivals.numbers(N, 1);
        for (int i = 0; i < N; i++) {
            x[i] = 20 * (x[i] + 0.505);
        }
        y = new double[N];
        double[] expected = scalar().clone();
        simd();
        Rivals.agree(function, N, i -> expected[i], i -> y[i]);
        hipparchus();
        // Hipparchus' digamma has 9 digits
        Rivals.agree("Hipparchus' " + function, N, i -> expected[i],
                i -> Math.abs(y[i] - expected[i]) < 1e-8 ? expected[i] : y[i]);
    }

    @Benchmark
    public double[] simd() {
        if (order < 0) {
            ArrayFunctions.lgamma(x, 0, y, 0, N);
        } else {
            ArrayFunctions.polygamma(order, x, 0, y, 0, N);
        }
        return y;
    }

    @Benchmark
    public double[] scalar() {
        return fill(scalar);
    }

    @Benchmark
    public double[] hipparchus() {
        return fill(rival);
    }

    private double[] fill(DoubleUnaryOperator f) {
        for (int i = 0; i < N; i++) {
            y[i] = f.applyAsDouble(x[i]);
        }
        return y;
    }
}

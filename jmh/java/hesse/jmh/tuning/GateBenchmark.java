package hesse.jmh.tuning;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Settings;
import hesse.Tier;
import hesse.matrix.Cholesky;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What {@link GateProof} measures: an operation is {@value #ROUNDS} rounds of a kernel, and as many more as the system
 * property {@code gate.extra} says.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GateBenchmark {
    static final int ROUNDS = 20;

    private static final int N = 64;
    private final int rounds = ROUNDS + Integer.getInteger("gate.extra", 0);
    private SymmetricMatrix h;
    private Cholesky factor;
    private Matrix design;
    private SymmetricMatrix gram;
    private Objective f;
    private double[] x;
    private double[] y;
    private double[] g;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        x = random.doubles(N, -1, 1).toArray();
        y = new double[N];
        g = new double[N];
        design = Matrix.of(512, N);
        Arrays.setAll(design.data(), i -> random.nextDouble() - 0.5);
        gram = SymmetricMatrix.of(N);
        h = SymmetricMatrix.of(N);
        h.addGram(design, null);
        factor = Cholesky.of(h);
        f = Objective.of(N, p -> {
            Expr sum = Expr.constant(0);
            for (int i = 0; i + 1 < N; i++) {
                sum = sum.plus(Functions.square(p.get(i + 1).minus(Functions.square(p.get(i)))).times(100))
                        .plus(Functions.exp(p.get(i)));
            }
            return sum;
        }).with(Settings.defaults().tier(Tier.FUSED));
    }

    @Benchmark
    public double[] product() {
        for (int r = 0; r < rounds; r++) {
            h.multiply(x, y);
        }
        return y;
    }

    @Benchmark
    public Cholesky cholesky() {
        for (int r = 0; r < rounds; r++) {
            factor.factor(h);
        }
        return factor;
    }

    @Benchmark
    public SymmetricMatrix gram() {
        for (int r = 0; r < rounds; r++) {
            gram.addGram(design, null);
        }
        return gram;
    }

    @Benchmark
    public double gradient() {
        double last = 0;
        for (int r = 0; r < rounds; r++) {
            last = f.gradient(x, g);
        }
        return last;
    }
}

package hesse.jmh.problem;

import hesse.Batch;
import hesse.Objective;
import hesse.Settings;
import hesse.Tier;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Value, gradient and Hessian of the Black-Scholes price at 1,000,000 points of 5 numbers; the time is that of one
 * point. Hipparchus gets 1,000 points.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BlackScholesBenchmark {
    private static final int POINTS = 1_000_000 / 128 * 128;
    private static final int CACHED = 2_048;
    private static final int FEW = 1_000;
    private static final int N = 5;
    private static final int PACKED = N * (N + 1) / 2;

    private double[] points;
    private double[] components;
    private double[] values;
    private double[] gradients;
    private double[] hessians;
    private Batch fused;
    private Batch lanes;
    private Batch plain;
    private final BlackScholesByHand hand = new BlackScholesByHand(POINTS);
    private final BlackScholesByHand cachedHand = new BlackScholesByHand(CACHED);
    private double[] cached;
    private final double[] cachedValues = new double[CACHED];
    private final double[] cachedGradients = new double[CACHED * N];
    private final double[] cachedHessians = new double[CACHED * PACKED];
    private DSFactory factory;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        points = new double[POINTS * N];
        components = new double[POINTS * N];
        for (int i = 0; i < POINTS; i++) {
            double[] point = {
                80 + 40 * random.nextDouble(), 80 + 40 * random.nextDouble(), 0.1 + 2 * random.nextDouble(),
                0.01 + 0.05 * random.nextDouble(), 0.1 + 0.4 * random.nextDouble()};
            for (int j = 0; j < N; j++) {
                points[i * N + j] = point[j];
                components[j * POINTS + i] = point[j];
            }
        }
        values = new double[POINTS];
        gradients = new double[POINTS * N];
        hessians = new double[POINTS * PACKED];
        Objective f = Objective.of(N, Models::blackScholes);
        fused = f.with(Settings.defaults().tier(Tier.FUSED)).batch().prepare();
        lanes = f.with(Settings.defaults().tier(Tier.LANES)).batch();
        plain = f.with(Settings.defaults().tier(Tier.SCALAR)).batch();
        cached = new double[CACHED * N];
        for (int j = 0; j < N; j++) {
            System.arraycopy(components, j * POINTS, cached, j * CACHED, CACHED);
        }
        simdByComponent();
        double[] expected = hessians.clone();
        byHand();
        for (int i = 0; i < expected.length; i += 997) {
            Models.agree("by hand", expected[i], hessians[i]);
        }
        factory = new DSFactory(N, 2);
        DerivativeStructure last = hipparchus();
        simd();
        Models.agree("value", values[FEW - 1], last.getValue());
        for (int i = 0; i < N; i++) {
            int[] orders = new int[N];
            orders[i]++;
            Models.agree("gradient", gradients[(FEW - 1) * N + i], last.getPartialDerivative(orders));
            for (int j = 0; j <= i; j++) {
                orders[j]++;
                Models.agree("Hessian", hessians[(FEW - 1) * PACKED + i * (i + 1) / 2 + j],
                        last.getPartialDerivative(orders));
                orders[j]--;
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] simd() {
        fused.hessians(points, values, gradients, hessians);
        return hessians;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] lanes() {
        lanes.hessians(points, values, gradients, hessians);
        return hessians;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] simdByComponent() {
        fused.byComponent().hessians(components, values, gradients, hessians);
        return hessians;
    }

    /** The flat kernel by hand that {@code simdByComponent} is compared with. */
    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] byHand() {
        hand.hessians(components, values, gradients, hessians);
        return hessians;
    }

    /** As {@code byHand} and {@code simdByComponent} on {@value CACHED} points, which fit the second-level cache. */
    @Benchmark
    @OperationsPerInvocation(CACHED)
    public double[] byHandInCache() {
        cachedHand.hessians(cached, cachedValues, cachedGradients, cachedHessians);
        return cachedHessians;
    }

    @Benchmark
    @OperationsPerInvocation(CACHED)
    public double[] simdByComponentInCache() {
        fused.byComponent().hessians(cached, cachedValues, cachedGradients, cachedHessians);
        return cachedHessians;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] scalar() {
        plain.hessians(points, values, gradients, hessians);
        return hessians;
    }

    @Benchmark
    @OperationsPerInvocation(FEW)
    public DerivativeStructure hipparchus() {
        DerivativeStructure last = null;
        for (int r = 0; r < FEW; r++) {
            DerivativeStructure[] p = new DerivativeStructure[N];
            for (int j = 0; j < N; j++) {
                p[j] = factory.variable(j, points[r * N + j]);
            }
            last = Models.blackScholes(p);
        }
        return last;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    @Fork(jvmArgsAppend = "-Dhesse.threads=2")
    public double[] simdTwoThreads() {
        fused.hessians(points, values, gradients, hessians);
        return hessians;
    }
}

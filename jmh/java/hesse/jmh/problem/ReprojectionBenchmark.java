package hesse.jmh.problem;

import hesse.Settings;
import hesse.Tier;
import hesse.VectorBatch;
import hesse.VectorFunction;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Residual and 2 x 15 Jacobian of bundle adjustment at 100,000 observations near the one of ADBench; time of one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReprojectionBenchmark {
    private static final int POINTS = 100_000;
    private static final int N = 15;
    private static final double[] OBSERVATION = {
        -0.758453, -1.109613, -0.845551, 34.556073, 39.676747, 53.881673, 419.194514, 5.864426, -8.518870, 0.087812,
        0.002739, 7.203245, 0.001144, 3.023326, 0.417022};

    private double[] points;
    private double[] components;
    private double[] values;
    private double[] jacobians;
    private VectorBatch fused;
    private VectorBatch lanes;
    private VectorBatch plain;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        points = new double[POINTS * N];
        for (int i = 0; i < points.length; i++) {
            points[i] = OBSERVATION[i % N] * (i < N ? 1 : 1 + 0.01 * random.nextGaussian());
        }
        components = new double[POINTS * N];
        for (int i = 0; i < points.length; i++) {
            components[i % N * POINTS + i / N] = points[i];
        }
        values = new double[POINTS * 2];
        jacobians = new double[POINTS * 2 * N];
        VectorFunction f = VectorFunction.of(N, Models::reprojection);
        fused = f.with(Settings.defaults().tier(Tier.FUSED)).batch().prepare();
        lanes = f.with(Settings.defaults().tier(Tier.LANES)).batch();
        plain = f.with(Settings.defaults().tier(Tier.SCALAR)).batch();
        simd();
        Models.agree("residual", values[0], 0.10133583791450886);
        Models.agree("Jacobian", jacobians[0], -461.4463210015993);
        Models.agree("Jacobian", jacobians[2 * N - 1], -0.16538160078960118);
        double last = jacobians[jacobians.length - 1];
        simdByComponent();
        Models.agree("Jacobian", jacobians[jacobians.length - 1], last);
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] simd() {
        fused.jacobians(points, values, jacobians);
        return jacobians;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] lanes() {
        lanes.jacobians(points, values, jacobians);
        return jacobians;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] simdByComponent() {
        fused.byComponent().jacobians(components, values, jacobians);
        return jacobians;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] lanesByComponent() {
        lanes.byComponent().jacobians(components, values, jacobians);
        return jacobians;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public double[] scalar() {
        plain.jacobians(points, values, jacobians);
        return jacobians;
    }
}

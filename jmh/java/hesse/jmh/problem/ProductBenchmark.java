package hesse.jmh.problem;

import static hesse.Functions.matmul;
import static hesse.Functions.square;
import static hesse.Functions.sum;

import hesse.Expr;
import hesse.Objective;
import hesse.Settings;
import hesse.Tier;
import java.util.Arrays;
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

/**
 * ||A X||^2 at a point for a constant A of n x n and a matrix X of n x k parameters, its value and its gradient, by the
 * matrix kernel ({@code simd}) and by the scalar tier's loops.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ProductBenchmark {
    @Param({"8x4", "32x8", "256x32"})
    private String shape;

    private Objective kernel;
    private Objective loops;
    private double[] x;
    private double[] g;

    @Setup
    public void setUp() {
        int n = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
        int k = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
        Random random = new Random(1);
        double[][] rows = new double[n][];
        Arrays.setAll(rows, i -> random.doubles(n, -1, 1).toArray());
        Expr a = Expr.constant(rows);
        Objective f = Objective.of(n * k, p -> sum(square(matmul(a, p.reshape(n, k)))));
        kernel = f.with(Settings.defaults().tier(Tier.FUSED)).prepare();
        loops = f.with(Settings.defaults().tier(Tier.SCALAR));
        x = random.doubles((long) n * k, -1, 1).toArray();
        g = new double[x.length];
        Models.agree("value", value(), valueByLoops());
    }

    @Benchmark
    public double value() {
        return kernel.value(x);
    }

    @Benchmark
    public double gradient() {
        return kernel.gradient(x, g);
    }

    @Benchmark
    public double valueByLoops() {
        return loops.value(x);
    }

    @Benchmark
    public double gradientByLoops() {
        return loops.gradient(x, g);
    }
}

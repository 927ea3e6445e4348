package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import hesse.Settings;
import hesse.Tier;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The cost of branches: the squared error of a net 64-64-10 with biases over 500 rows, of one or two hidden layers, by
 * its activation. A smooth one beside relu and leaky relu, value beside value and gradient, so that "a gradient costs k
 * values" can be read off; written by hand, a relu's gradient costs as much as that of tanh.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LayerBenchmark {
    private static final int ROWS = 500;
    private static final int WIDTH = 64;
    private static final int OUTPUTS = 10;

    @Param({"tanh", "relu", "leaky", "deepTanh", "deepRelu"})
    public String activation;

    private Objective net;
    private double[] w;
    private double[] g;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        int hidden = activation.startsWith("deep") ? 2 : 1;
        int n = hidden * (WIDTH + 1) * WIDTH + (WIDTH + 1) * OUTPUTS;
        Rows rows = Rows.of(ROWS).column("x", WIDTH, random.doubles(ROWS * WIDTH, -1, 1).toArray())
                .column("y", OUTPUTS, random.doubles(ROWS * OUTPUTS, -1, 1).toArray());
        UnaryOperator<Expr> function = switch (activation) {
            case "tanh", "deepTanh" -> Functions::tanh;
            case "leaky" -> z -> Functions.select(Functions.greaterThan(z, 0), z, z.times(0.01));
            default -> z -> Functions.max(z, 0);
        };
        Objective sum = Objective.sum(n, rows, (p, row) -> {
            Expr layer = row.get("x");
            int at = 0;
            for (int k = 0; k <= hidden; k++) {
                int width = k < hidden ? WIDTH : OUTPUTS;
                Expr matrix = p.slice(at, at + WIDTH * width).reshape(WIDTH, width);
                at += WIDTH * width;
                layer = layer.matmul(matrix).plus(p.slice(at, at + width));
                at += width;
                layer = k < hidden ? function.apply(layer) : layer;
            }
            return layer.minus(row.get("y")).square().sum();
        });
        w = random.doubles(n, -0.3, 0.3).toArray();
        g = new double[n];
        net = sum.with(Settings.defaults().tier(Tier.FUSED)).prepare();
        double[] expected = sum.with(Settings.defaults().tier(Tier.SCALAR)).gradient(w);
        net.gradient(w, g);
        for (int i = 0; i < n; i++) {
            if (g[i] != expected[i]) {
                throw new IllegalStateException("gradient " + i + " is " + g[i]
                        + ", of the scalar tier " + expected[i]);
            }
        }
    }

    @Benchmark
    public double value() {
        return net.value(w);
    }

    @Benchmark
    public double simd() {
        return net.gradient(w, g);
    }
}

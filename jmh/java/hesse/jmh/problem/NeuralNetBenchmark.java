package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import hesse.Settings;
import hesse.Tier;
import hesse.jmh.Rival;
import hesse.kernel.function.ArrayFunctions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bytedeco.openblas.global.openblas;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Value and gradient of a small neural net: 64-32-32-10, tanh, softmax and cross entropy, over 1,000 rows; 3,466
 * parameters. {@code openblas} is back-propagation by hand over the whole batch, six dgemm with our tanh and exp
 * between them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NeuralNetBenchmark {
    private static final int ROWS = 1_000;
    private static final int[] WIDTH = {64, 32, 32, 10};
    private static final int LAYERS = WIDTH.length - 1;

    private double[] x;
    private double[] y;
    private double[] w;
    private double[] v;
    private double[] g;
    private Objective lanes;
    private Objective fused;
    private Objective plain;
    private final double[] scratch = new double[ROWS * WIDTH[0]];
    private double[][] layers;
    private double[][] adjoints;
    private double[][] slopes;
    private double[][] weights;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        x = random.doubles(ROWS * WIDTH[0], -1, 1).toArray();
        y = new double[ROWS * WIDTH[LAYERS]];
        layers = new double[LAYERS + 1][];
        adjoints = new double[LAYERS + 1][];
        slopes = new double[LAYERS][];
        weights = new double[LAYERS][];
        layers[0] = x;
        int n = 0;
        for (int k = 0; k < LAYERS; k++) {
            n += (WIDTH[k] + 1) * WIDTH[k + 1];
            layers[k + 1] = new double[ROWS * WIDTH[k + 1]];
            adjoints[k + 1] = new double[ROWS * WIDTH[k + 1]];
            slopes[k] = new double[WIDTH[k] * WIDTH[k + 1]];
            weights[k] = new double[WIDTH[k] * WIDTH[k + 1]];
        }
        for (int r = 0; r < ROWS; r++) {
            y[r * WIDTH[LAYERS] + random.nextInt(WIDTH[LAYERS])] = 1;
        }
        w = random.doubles(n, -0.3, 0.3).toArray();
        v = random.doubles(n, -1, 1).toArray();
        g = new double[n];
        Rows examples = Rows.of(ROWS).column("x", WIDTH[0], x).column("y", WIDTH[LAYERS], y);
        Objective net = Objective.sum(n, examples, (p, row) -> {
            Expr layer = row.get("x");
            int at = 0;
            for (int k = 0; k < LAYERS; k++) {
                Expr matrix = p.slice(at, at + WIDTH[k] * WIDTH[k + 1]).reshape(WIDTH[k], WIDTH[k + 1]);
                at += WIDTH[k] * WIDTH[k + 1];
                layer = Functions.matmul(layer, matrix).plus(p.slice(at, at + WIDTH[k + 1]));
                at += WIDTH[k + 1];
                layer = k + 1 < LAYERS ? Functions.tanh(layer) : layer;
            }
            return Functions.logSumExp(layer).minus(Functions.dot(row.get("y"), layer));
        });
        lanes = net.with(Settings.defaults().tier(Tier.LANES));
        fused = net.with(Settings.defaults().tier(Tier.FUSED));
        plain = net.with(Settings.defaults().tier(Tier.SCALAR));
    }

    /** OpenBLAS by hand. */
    @State(Scope.Thread)
    public static class OpenBlas extends Rival {
        @Setup
        public void setUp(NeuralNetBenchmark own) {
            openblasOnOneThread();
            double byHand = own.openblas(this);
            double[] expected = own.g.clone();
            Models.agree("value", own.lanes.gradient(own.w, own.g), byHand);
            for (int i = 0; i < expected.length; i++) {
                if (Math.abs(own.g[i] - expected[i]) > 1e-9 * Math.max(1, Math.abs(own.g[i]))) {
                    throw new IllegalStateException("gradient " + i + ": " + expected[i] + ", expected " + own.g[i]);
                }
            }
        }
    }

    @Benchmark
    public double value() {
        return fused.value(w);
    }

    @Benchmark
    public double simd() {
        return fused.gradient(w, g);
    }

    @Benchmark
    public double lanes() {
        return lanes.gradient(w, g);
    }

    @Benchmark
    public double hessianVector() {
        return fused.hessianVector(w, v, g);
    }

    @Benchmark
    public double scalar() {
        return plain.gradient(w, g);
    }

    @Benchmark
    public double openblas(OpenBlas rival) {
        int at = 0;
        for (int k = 0; k < LAYERS; k++) {
            int from = WIDTH[k];
            int to = WIDTH[k + 1];
            System.arraycopy(w, at, weights[k], 0, from * to);
            at += from * to;
            for (int r = 0; r < ROWS; r++) {
                System.arraycopy(w, at, layers[k + 1], r * to, to);
            }
            at += to;
            openblas.cblas_dgemm(openblas.CblasRowMajor, openblas.CblasNoTrans, openblas.CblasNoTrans, ROWS, to, from,
                    1, layers[k], from, weights[k], to, 1, layers[k + 1], to);
            if (k + 1 < LAYERS) {
                System.arraycopy(layers[k + 1], 0, scratch, 0, ROWS * to);
                ArrayFunctions.tanh(scratch, 0, layers[k + 1], 0, ROWS * to);
            }
        }
        double loss = loss();
        for (int k = LAYERS - 1; k >= 0; k--) {
            int from = WIDTH[k];
            int to = WIDTH[k + 1];
            openblas.cblas_dgemm(openblas.CblasRowMajor, openblas.CblasTrans, openblas.CblasNoTrans, from, to, ROWS, 1,
                    layers[k], from, adjoints[k + 1], to, 0, slopes[k], to);
            at -= to;
            Arrays.fill(g, at, at + to, 0);
            for (int r = 0; r < ROWS; r++) {
                for (int j = 0; j < to; j++) {
                    g[at + j] += adjoints[k + 1][r * to + j];
                }
            }
            at -= from * to;
            System.arraycopy(slopes[k], 0, g, at, from * to);
            if (k > 0) {
                openblas.cblas_dgemm(openblas.CblasRowMajor, openblas.CblasNoTrans, openblas.CblasTrans, ROWS, from, to,
                        1, adjoints[k + 1], to, weights[k], to, 0, adjoints[k], from);
                for (int i = 0; i < ROWS * from; i++) {
                    adjoints[k][i] *= 1 - layers[k][i] * layers[k][i];
                }
            }
        }
        return loss;
    }

    /** Softmax and cross entropy; the adjoints of the last layer. */
    private double loss() {
        int width = WIDTH[LAYERS];
        double[] z = layers[LAYERS];
        double[] e = adjoints[LAYERS];
        double loss = 0;
        for (int r = 0; r < ROWS; r++) {
            double largest = z[r * width];
            for (int j = 1; j < width; j++) {
                largest = Math.max(largest, z[r * width + j]);
            }
            for (int j = 0; j < width; j++) {
                loss -= y[r * width + j] * z[r * width + j];
                e[r * width + j] = z[r * width + j] - largest;
            }
            loss += largest;
        }
        System.arraycopy(e, 0, scratch, 0, ROWS * width);
        ArrayFunctions.exp(scratch, 0, e, 0, ROWS * width);
        for (int r = 0; r < ROWS; r++) {
            double sum = 0;
            for (int j = 0; j < width; j++) {
                sum += e[r * width + j];
            }
            loss += Math.log(sum);
            for (int j = 0; j < width; j++) {
                e[r * width + j] = e[r * width + j] / sum - y[r * width + j];
            }
        }
        return loss;
    }
}

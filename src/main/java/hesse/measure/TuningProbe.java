package hesse.measure;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import hesse.Settings;
import hesse.Tier;
import hesse.matrix.Cholesky;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;

/** A kind of work whose time depends on block sizes: what {@link TuningSearch} measures, in a JVM with those sizes. */
public enum TuningProbe {
    PRODUCT(TuningProbe::product, 2048),
    SMALL_PRODUCTS(TuningProbe::product, 128, 512, 1024),
    FACTOR(TuningProbe::factor, 960),
    SMALL_FACTORS(TuningProbe::factor, 384, 576, 768, 960),
    SYMV(TuningProbe::symv, 4096),
    BLOCKS(rows -> sum(rows, Tier.LANES), 50_000),
    REGIONS(rows -> sum(rows, Tier.FUSED), 50_000),
    SMALL_SUMS(rows -> sum(rows, Tier.LANES), 1_000, 4_000, 16_000);

    /** Nanoseconds of warm-up, until C2 has compiled the kernels. */
    private static final long WARM_UP = 350_000_000L;
    /** Nanoseconds that are measured. */
    private static final long MEASURED = 250_000_000L;
    /** Repetitions of the body of sums: enough operations to fill several compiled regions. */
    private static final int STEPS = 30;

    private final IntFunction<Runnable> work;
    private final int[] sizes;

    TuningProbe(IntFunction<Runnable> work, int... sizes) {
        this.work = work;
        this.sizes = sizes;
    }

    /** The median time of a call in nanoseconds, under this JVM's block sizes; of several sizes the geometric mean. */
    public double cost() {
        double logarithm = 0;
        for (int size : sizes) {
            Runnable call = work.apply(size);
            for (long end = System.nanoTime() + WARM_UP; System.nanoTime() < end; ) {
                call.run();
            }
            double[] times = new double[10_000];
            int count = 0;
            long start = System.nanoTime();
            for (long before = start; count < times.length && before - start < MEASURED; count++) {
                call.run();
                long now = System.nanoTime();
                times[count] = now - before;
                before = now;
            }
            logarithm += Math.log(Quantile.median(Arrays.copyOf(times, count)));
        }
        return Math.exp(logarithm / sizes.length);
    }

    private static Matrix random(int rows, int columns) {
        Matrix matrix = Matrix.of(rows, columns);
        Random random = new Random(1);
        Arrays.setAll(matrix.data(), i -> random.nextDouble() - 0.5);
        return matrix;
    }

    /** A Gram product X'X of rows x 384. */
    private static Runnable product(int rows) {
        Matrix x = random(rows, 384);
        SymmetricMatrix h = SymmetricMatrix.of(384);
        return () -> h.addGram(x, null);
    }

    private static Runnable factor(int n) {
        SymmetricMatrix h = SymmetricMatrix.of(n);
        h.addGram(random(n, n), null);
        h.addDiagonal(n);
        Cholesky factor = Cholesky.of(h);
        return () -> factor.factor(h);
    }

    private static Runnable symv(int n) {
        SymmetricMatrix h = SymmetricMatrix.of(n);
        h.addDiagonal(n);
        double[] v = new Random(1).doubles(n).toArray();
        double[] y = new double[n];
        return () -> h.multiply(v, y);
    }

    /** Value, gradient and Hessian in three parameters of a body of many operations, summed over rows. */
    private static Runnable sum(int count, Tier tier) {
        Random random = new Random(1);
        Rows rows = Rows.of(count).column("x", random.doubles(count, -1, 1).toArray())
                .column("y", random.doubles(count, -1, 1).toArray());
        Objective f = Objective.sum(3, rows, (b, row) -> {
            Expr v = row.get("x").times(b.get(0));
            for (int k = 0; k < STEPS; k++) {
                v = v.times(b.get(k % 3)).plus(row.get(k % 2 == 0 ? "x" : "y")).times(0.5);
            }
            return Functions.square(v.minus(row.get("y"))).plus(Functions.exp(v.times(0.1)));
        }).with(Settings.defaults().tier(tier));
        double[] point = {0.1, 0.2, 0.3};
        double[] g = new double[3];
        SymmetricMatrix h = SymmetricMatrix.of(3);
        if (tier == Tier.FUSED) {
            f.prepare();
        }
        return () -> f.hessian(point, g, h);
    }
}

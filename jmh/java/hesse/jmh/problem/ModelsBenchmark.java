package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import hesse.Settings;
import hesse.Tier;
import hesse.matrix.SymmetricMatrix;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Value, gradient and Hessian of the sum of squares of NIST's Thurber and Gauss1 models over 100,000 rows; the time is
 * that of one row. Hipparchus gets 1,000 rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ModelsBenchmark {
    private static final int ROWS = 100_000;
    private static final int FEW = 1_000;

    @Param({"thurber", "gauss1"})
    private String model;

    private boolean thurber;
    private double[] t;
    private double[] y;
    private Objective fused;
    private Objective lanes;
    private Objective plain;
    private DSFactory factory;
    private double[] x;
    private double[] g;
    private SymmetricMatrix h;

    @Setup
    public void setUp() {
        thurber = model.equals("thurber");
        int n = thurber ? 7 : 8;
        Random random = new Random(1);
        t = random.doubles(ROWS, -1, 1).toArray();
        y = random.doubles(ROWS).toArray();
        Rows rows = Rows.of(ROWS).column("t", t).column("y", y);
        Objective f = Objective.sum(n, rows, (b, row) -> {
            Expr at = row.get("t");
            return Functions.square((thurber ? Models.thurber(b, at) : Models.gauss(b, at)).minus(row.get("y")));
        });
        fused = f.with(Settings.defaults().tier(Tier.FUSED)).prepare();
        lanes = f.with(Settings.defaults().tier(Tier.LANES));
        plain = f.with(Settings.defaults().tier(Tier.SCALAR));
        factory = new DSFactory(n, 2);
        x = random.doubles(n, 0.1, 0.9).toArray();
        g = new double[n];
        h = SymmetricMatrix.of(n);
        DerivativeStructure theirs = hipparchus();
        Models.agree("value", f.on(rows.slice(0, FEW)).hessian(x, g, h), theirs.getValue());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                int[] orders = new int[n];
                orders[i]++;
                orders[j]++;
                Models.agree("Hessian", h.get(i, j), theirs.getPartialDerivative(orders));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double simd() {
        return fused.hessian(x, g, h);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double lanes() {
        return lanes.hessian(x, g, h);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double scalar() {
        return plain.hessian(x, g, h);
    }

    @Benchmark
    @OperationsPerInvocation(FEW)
    public DerivativeStructure hipparchus() {
        DerivativeStructure[] b = new DerivativeStructure[x.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = factory.variable(i, x[i]);
        }
        DerivativeStructure sum = factory.constant(0);
        for (int r = 0; r < FEW; r++) {
            sum = sum.add((thurber ? Models.thurber(b, t[r]) : Models.gauss(b, t[r])).subtract(y[r]).square());
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    @Fork(jvmArgsAppend = "-Dhesse.threads=2")
    public double simdTwoThreads() {
        return fused.hessian(x, g, h);
    }
}

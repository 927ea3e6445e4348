package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hesse.matrix.SymmetricMatrix;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The lane tier gives the bits of the scalar tier, whatever the body, the number of rows and the width of a vector. */
class TiersTest {
    private static final Settings SCALAR = Settings.defaults().tier(Tier.SCALAR);
    private static final Settings LANES = Settings.defaults().tier(Tier.LANES);
    private static final Settings FUSED = Settings.defaults().tier(Tier.FUSED);
    /** Around the rows from which blocks run, blocks of 8 to 128 rows, and stages and chunks of multiples of 384. */
    private static final int[] COUNTS = {1, 31, 32, 33, 39, 40, 63, 64, 65, 127, 128, 129, 200, 383, 384, 385, 769,
            3840, 6143, 6144, 6145, 8200};

    private static double[] numbers(Random random, int count) {
        double[] x = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = random.nextInt(200) == 0 ? new double[] {0, -0.0, 1e300, Double.NaN, Double.POSITIVE_INFINITY,
                    -800}[random.nextInt(6)] : random.nextGaussian();
        }
        return x;
    }

    static void same(int n, Rows rows, BiFunction<Expr, Row, Expr> body, long seed) {
        same(n, rows, body, seed, LANES);
        same(n, rows, body, seed, FUSED);
    }

    private static void same(int n, Rows rows, BiFunction<Expr, Row, Expr> body, long seed, Settings settings) {
        Random random = new Random(seed);
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] v = random.doubles(n, -1, 1).toArray();
        Objective f = Objective.sum(n, rows, body);
        double[] scalar = new double[n];
        double[] lanes = new double[n];
        SymmetricMatrix scalarH = SymmetricMatrix.of(n);
        SymmetricMatrix lanesH = SymmetricMatrix.of(n);
        String what = settings.tier() + ", seed " + seed + ", " + rows.count() + " rows";
        assertEquals(f.with(SCALAR).value(x), f.with(settings).value(x), what);
        assertEquals(f.with(SCALAR).gradient(x, scalar), f.with(settings).gradient(x, lanes), what);
        assertArrayEquals(scalar, lanes, what);
        f.with(SCALAR).hessian(x, scalar, scalarH);
        f.with(settings).hessian(x, lanes, lanesH);
        assertArrayEquals(scalar, lanes, what);
        assertArrayEquals(scalarH.toPacked(), lanesH.toPacked(), what);
        assertArrayEquals(f.with(SCALAR).hessianVector(x, v), f.with(settings).hessianVector(x, v), what);
        VectorFunction each = VectorFunction.perRow(n, rows, body);
        double[] u = random.doubles(rows.count(), -1, 1).toArray();
        assertArrayEquals(each.with(SCALAR).value(x), each.with(settings).value(x), what);
        assertArrayEquals(each.with(SCALAR).jacobian(x).data(), each.with(settings).jacobian(x).data(), what);
        assertArrayEquals(each.with(SCALAR).jacobianVector(x, v), each.with(settings).jacobianVector(x, v), what);
        assertArrayEquals(each.with(SCALAR).transposedJacobianVector(x, u),
                each.with(settings).transposedJacobianVector(x, u), what);
    }

    @Property(tries = 250, seed = "20261120")
    void randomBodies(@ForAll long seed) {
        Random random = new Random(seed);
        int count = COUNTS[random.nextInt(random.nextInt(4) == 0 ? COUNTS.length : COUNTS.length - 5)];
        int n = 1 + random.nextInt(5);
        int width = 1 + random.nextInt(20);
        Rows rows = Rows.of(count).column("w", width, numbers(random, count * width))
                .column("s", numbers(random, count));
        same(n, rows, (x, row) -> new RandomBody(seed, 20).build(List.of(x, row.get("w"), row.get("s"))), seed);
    }

    /** Matrices that all rows share times matrices that change with the row, either transposed or not. */
    @Test
    void sharedMatrices() {
        Random random = new Random(6);
        Rows rows = Rows.of(500).column("w", 30, numbers(random, 500 * 30));
        same(42, rows, (x, row) -> {
            Expr changing = row.get("w").reshape(5, 6);
            Expr shared = x.slice(0, 42).reshape(6, 7);
            Expr other = x.slice(0, 35).reshape(7, 5);
            return Functions.sin(changing.matmul(shared)).sum().plus(Functions.cos(other.matmul(changing)).sum())
                    .plus(Functions.tanh(changing.transpose().matmul(other.transpose())).sum())
                    .plus(Functions.sin(shared.transpose().matmul(changing.transpose()).times(2)).sum());
        }, 6);
    }

    /** Long inner products, which fold 32 accumulators, of data with parameters and of data with data. */
    @Test
    void linearPredictors() {
        Random random = new Random(3);
        for (int n : new int[] {3, 16, 17, 33, 70}) {
            int count = 300;
            Rows rows = Rows.of(count).column("x", n, random.doubles(count * n, -1, 1).toArray())
                    .column("y", random.doubles(count).toArray());
            same(n, rows, (beta, row) -> {
                Expr z = Functions.dot(row.get("x"), beta);
                return Functions.softplus(z).minus(row.get("y").times(z))
                        .plus(Functions.dot(row.get("x"), row.get("x")).times(1e-3));
            }, n);
        }
    }

    /** What is evaluated long enough moves to lanes by itself, in the background, without a change of bits. */
    @Test
    void autoMovesToLanes() {
        assumeTrue(Hesse.runtime().tier() != Tier.SCALAR, "no vectors");
        Random random = new Random(5);
        int count = 2000;
        Rows rows = Rows.of(count).column("s", random.doubles(count).toArray());
        Objective f = Objective.sum(2, rows,
                (x, row) -> Functions.exp(x.get(0).times(row.get("s"))).minus(Functions.sin(x.get(1))));
        double[] x = {0.3, -1.2};
        double expected = f.with(SCALAR).value(x);
        long giveUp = System.nanoTime() + 60_000_000_000L;
        for (int calls = 0; Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().equals("hesse warm-up")); calls++) {
            assertEquals(expected, f.value(x));
            assertTrue(System.nanoTime() < giveUp, "no warm-up after " + calls + " calls");
        }
        while (Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals("hesse warm-up"))) {
            assertEquals(expected, f.value(x));
        }
        assertEquals(expected, f.value(x));
    }

    @Test
    void warmCallsAllocateNothing() {
        Random random = new Random(4);
        int n = 20;
        Rows rows = Rows.of(1000).column("x", n, random.doubles(1000 * n, -1, 1).toArray())
                .column("y", random.doubles(1000).toArray());
        Objective f = Objective.sum(n, rows, (beta, row) -> {
            Expr z = Functions.dot(row.get("x"), beta);
            return Functions.softplus(z).minus(row.get("y").times(z));
        }).with(LANES);
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] g = new double[n];
        SymmetricMatrix h = SymmetricMatrix.of(n);
        assertEquals(0, Allocation.least(50, () -> {
            f.gradient(x, g);
            f.hessian(x, g, h);
        }));
    }
}

package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.SymmetricMatrix;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Evaluations long enough for several threads: the same bits by any number of them, and interrupts. */
class ThreadsTest {
    private static final int N = 12;
    private static final int COUNT = 60_000;

    private static Rows rows() {
        Random random = new Random(1);
        return Rows.of(COUNT).column("x", N, random.doubles(COUNT * N, -1, 1).toArray())
                .column("y", random.doubles(COUNT).toArray());
    }

    private static Expr body(Expr beta, Row row) {
        Expr z = Functions.dot(row.get("x"), beta).plus(beta.get(3));
        return Functions.softplus(z).minus(row.get("y").times(Functions.sin(z)));
    }

    @Test
    void sameBitsByAnyNumberOfThreads() {
        double[] x = new Random(2).doubles(N, -1, 1).toArray();
        double[] points = new Random(3).doubles(COUNT * 2, -1, 1).toArray();
        Objective sum = Objective.sum(N, rows(), ThreadsTest::body);
        VectorFunction stack = VectorFunction.perRow(N, rows(), ThreadsTest::body);
        Settings one = Settings.defaults().tier(Tier.LANES).threads(1);
        double[] g = new double[N];
        double[] expectedG = new double[N];
        SymmetricMatrix h = SymmetricMatrix.of(N);
        SymmetricMatrix expectedH = SymmetricMatrix.of(N);
        double expected = sum.with(one).hessian(x, expectedG, expectedH);
        double[] residuals = stack.with(one).value(x);
        double[] jacobian = stack.with(one).jacobian(x).data();
        double[] hessians = new double[COUNT * 3];
        ObjectiveTest.ROSENBROCK.with(one).batch().hessians(points, hessians);
        for (Tier tier : new Tier[] {Tier.SCALAR, Tier.LANES, Tier.FUSED}) {
            for (int threads : new int[] {2, 3, 16}) {
                Settings settings = one.tier(tier).threads(threads);
                for (int repeat = 0; repeat < 3; repeat++) {
                    assertEquals(expected, sum.with(settings).hessian(x, g, h));
                    assertArrayEquals(expectedG, g);
                    assertArrayEquals(expectedH.toPacked(), h.toPacked());
                }
                assertArrayEquals(residuals, stack.with(settings).value(x));
                assertArrayEquals(jacobian, stack.with(settings).jacobian(x).data());
                double[] again = new double[COUNT * 3];
                ObjectiveTest.ROSENBROCK.with(settings).batch().hessians(points, again);
                assertArrayEquals(hessians, again);
            }
        }
    }

    /** As many rows as there can be: 1.5 seconds of lanes on one thread. */
    @Test
    void asManyRowsAsAnIntCounts() {
        Assumptions.assumeTrue(Hesse.runtime().tier() != Tier.SCALAR, "minutes without lanes");
        Settings settings = Settings.defaults().tier(Tier.LANES);
        for (int count : new int[] {2_147_475_457, Integer.MAX_VALUE}) {
            Objective f = Objective.sum(1, Rows.of(count), (x, row) -> x.get(0).times(x.get(0))).with(settings);
            assertEquals(count, f.value(new double[] {1}));
        }
    }

    /** A body so large that its Hessian runs by directions, which a thread may turn on while others start. */
    @Test
    void sameBitsByDirections() {
        int n = 100;
        Rows rows = Rows.of(1000).column("x", 9, new Random(4).doubles(9000, -1, 1).toArray());
        Objective f = Objective.sum(n, rows, (x, row) -> {
            Expr sum = Expr.constant(0);
            for (int i = 0; i < 1200; i++) {
                sum = sum.plus(x.get(i % n).times(row.get("x").get(i % 9)).times(x.get(7 * i % n)));
                sum = i % 40 == 0 ? Functions.sin(sum) : sum;
            }
            return sum;
        });
        double[] x = new Random(5).doubles(n, -1, 1).toArray();
        double[] g = new double[n];
        SymmetricMatrix h = SymmetricMatrix.of(n);
        f.with(Settings.defaults().tier(Tier.LANES).threads(1)).hessian(x, g, h);
        double[] expected = h.toPacked();
        for (int repeat = 0; repeat < 4; repeat++) {
            f.with(Settings.defaults().tier(Tier.LANES).threads(2)).hessian(x, g, h);
            assertArrayEquals(expected, h.toPacked(), "call " + repeat);
        }
    }

    @Test
    void anInterruptEndsASumAndABatch() throws InterruptedException {
        double[] x = new double[N];
        Objective sum = Objective.sum(N, rows(), ThreadsTest::body);
        VectorFunction stack = VectorFunction.perRow(N, rows(), ThreadsTest::body);
        double expected = sum.value(x);
        for (int threads : new int[] {1, 2}) {
            for (Tier tier : new Tier[] {Tier.SCALAR, Tier.LANES}) {
                Settings settings = Settings.defaults().tier(tier).threads(threads);
                Thread.currentThread().interrupt();
                assertEquals("interrupted in an evaluation of 60000 rows; the thread's interrupt is still set",
                        assertThrows(CancellationException.class, () -> sum.with(settings).hessian(x)).getMessage());
                assertThrows(CancellationException.class, () -> stack.with(settings).value(x));
                assertEquals("interrupted in an evaluation of 60000 points; the thread's interrupt is still set",
                        assertThrows(CancellationException.class,
                                () -> ObjectiveTest.ROSENBROCK.with(settings).batch()
                                .values(new double[2 * COUNT], new double[COUNT])).getMessage());
                assertTrue(Thread.interrupted());
                assertEquals(expected, sum.with(settings).value(x));
            }
        }
        Thread worker = new Thread(() -> assertThrows(CancellationException.class, () -> {
            while (true) {
                sum.value(x);
            }
        }));
        worker.start();
        Thread.sleep(100);
        worker.interrupt();
        worker.join(20_000);
        assertTrue(!worker.isAlive(), "still running");
        assertEquals(expected, sum.value(x));
    }
}

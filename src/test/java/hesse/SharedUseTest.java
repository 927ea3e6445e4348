package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Objectives shared by many threads, and calls that allocate nothing. */
class SharedUseTest {
    private static final int THREADS = 64;
    private static final long NANOS = 5_000_000_000L;

    @Test
    void sixtyFourThreadsGetTheSameBits() throws InterruptedException {
        Objective f = ObjectiveTest.logistic(ObjectiveTest.rows(40, 5), 5).plus(Objective.of(5, new RandomBody(3, 30)));
        int points = 16;
        double[][] x = new double[points][5];
        double[][] expected = new double[points][];
        Objective alone = ObjectiveTest.logistic(ObjectiveTest.rows(40, 5), 5)
                .plus(Objective.of(5, new RandomBody(3, 30)));
        for (int p = 0; p < points; p++) {
            for (int i = 0; i < 5; i++) {
                x[p][i] = Math.sin(p + 7 * i);
            }
            expected[p] = all(alone, x[p]);
        }
        AtomicReference<String> wrong = new AtomicReference<>();
        AtomicLong calls = new AtomicLong();
        long end = System.nanoTime() + NANOS;
        Thread[] threads = new Thread[THREADS];
        for (int t = 0; t < THREADS; t++) {
            int first = t;
            threads[t] = new Thread(() -> {
                for (int k = first; System.nanoTime() < end; k++) {
                    double[] answer = all(f, x[k % points]);
                    calls.incrementAndGet();
                    if (!Arrays.equals(answer, expected[k % points])) {
                        wrong.set(Arrays.toString(answer) + " expected " + Arrays.toString(expected[k % points]));
                    }
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, wrong.get());
        System.out.println(calls + " evaluations by " + THREADS + " threads, all equal");
    }

    private static double[] all(Objective f, double[] x) {
        double[] g = new double[5];
        SymmetricMatrix h = SymmetricMatrix.of(5);
        double value = f.hessian(x, g, h);
        double[] hv = f.hessianVector(x, g);
        double[] all = Arrays.copyOf(h.toPacked(), 15 + 5 + 5 + 2);
        System.arraycopy(g, 0, all, 15, 5);
        System.arraycopy(hv, 0, all, 20, 5);
        all[25] = value;
        all[26] = f.value(x);
        return all;
    }

    @Test
    void warmInPlaceCallsAllocateNothing() {
        int n = 6;
        Rows rows = ObjectiveTest.rows(10_000, n);
        Objective f = ObjectiveTest.logistic(rows, n).plus(Objective.of(n, new RandomBody(5, 30))).times(0.5);
        VectorFunction residuals = VectorFunction.perRow(n, rows,
                (b, row) -> Functions.sin(Functions.dot(row.get("x"), b)).minus(row.get("y")));
        double[] x = {0.1, -0.2, 0.3, 0.4, -0.5, 0.6};
        double[] g = new double[n];
        double[] v = {1, 2, 3, 4, 5, 6};
        SymmetricMatrix h = SymmetricMatrix.of(n);
        double[] r = new double[rows.count()];
        Matrix j = Matrix.of(rows.count(), n);
        double[] points = new double[4 * n];
        double[] packed = new double[4 * n * (n + 1) / 2];
        double[] values = new double[4];
        double[] gradients = new double[4 * n];
        Batch batch = f.batch();
        assertNoAllocation("value", () -> f.value(x));
        assertNoAllocation("gradient", () -> f.gradient(x, g));
        assertNoAllocation("hessian", () -> f.hessian(x, g, h));
        assertNoAllocation("hessianVector", () -> f.hessianVector(x, v, g));
        assertNoAllocation("values", () -> residuals.value(x, r));
        assertNoAllocation("jacobian", () -> residuals.jacobian(x, r, j));
        assertNoAllocation("jacobianVector", () -> residuals.jacobianVector(x, v, r));
        assertNoAllocation("transposedJacobianVector", () -> residuals.transposedJacobianVector(x, r, g));
        assertNoAllocation("batch", () -> batch.hessians(points, values, gradients, packed));
    }

    private static void assertNoAllocation(String what, Runnable call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++) {
            call.run();
            long before = threads.getCurrentThreadAllocatedBytes();
            call.run();
            call.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, what + " allocates");
    }
}

package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.Cholesky;
import hesse.matrix.Lanczos;
import hesse.matrix.Ldl;
import hesse.matrix.Matrix;
import hesse.matrix.Qr;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** An interrupt ends what takes long, stays set, and leaves arrays as they were; what is short runs to its end. */
class InterruptsTest {
    private static final int N = 40;

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    /** The message that it ends with under an interrupt, which stays. */
    private static String ended(Executable work) {
        Thread.currentThread().interrupt();
        String message = assertThrows(CancellationException.class, work).getMessage();
        assertTrue(Thread.interrupted());
        assertTrue(message.startsWith("interrupted in ")
                && message.endsWith("; the thread's interrupt is still set"), message);
        return message;
    }

    private static void runsToItsEnd(Executable work) throws Throwable {
        Thread.currentThread().interrupt();
        work.execute();
        assertTrue(Thread.interrupted());
    }

    /** Some 100,000 operations, most of them scalars. */
    private static Expr body(Expr x) {
        Expr sum = x.get(0);
        for (int i = 0; i < 30_000; i++) {
            sum = i % 100 == 0 ? Functions.sin(sum).plus(x.get(i / 100 % N)) : sum.times(0.999).plus(x.get(i % N))
                    .times(x.get(7 * i % N));
        }
        return sum;
    }

    @Test
    void longPoints() {
        Objective f = Objective.of(N, InterruptsTest::body);
        double[] x = new Random(1).doubles(N, -0.5, 0.5).toArray();
        double[] expected = f.gradient(x);
        for (Tier tier : new Tier[] {Tier.SCALAR, Tier.FUSED}) {
            Objective g = f.with(Settings.defaults().tier(tier));
            assertArrayEquals(expected, g.gradient(x));
            double[] out = new double[N];
            Arrays.fill(out, 7);
            ended(() -> g.gradient(x, out));
            ended(() -> g.hessianVector(x, x, out));
            ended(() -> g.plus(Objective.of(N, y -> y.get(0))).gradient(x, out));
            assertTrue(Arrays.stream(out).allMatch(entry -> entry == 7));
            assertArrayEquals(expected, g.gradient(x));
        }
    }

    /** The first term of a sum is done when the second is interrupted. */
    @Test
    void sumsOfTerms() {
        Objective shortly = Objective.of(2, x -> x.get(0).times(x.get(1)));
        Rows rows = Rows.of(20_000).column("y", new double[20_000]);
        Objective sum = shortly.plus(Objective.sum(2, rows,
                (x, row) -> Functions.sin(x.get(0).times(x.get(1))).minus(row.get("y"))));
        double[] x = {1, 2};
        double[] g = {7, 7};
        SymmetricMatrix h = SymmetricMatrix.of(2);
        assertEquals("interrupted in an evaluation of 20000 rows; the thread's interrupt is still set",
                ended(() -> sum.hessian(x, g, h)));
        ended(() -> sum.gradient(x, g));
        assertArrayEquals(new double[] {7, 7}, g);
        assertArrayEquals(new double[3], h.toPacked());
        double value = sum.hessian(x, g, h);
        assertEquals(2 + 20_000 * Math.sin(2), value, 1e-8);
        assertEquals(2 + 20_000 * 2 * Math.cos(2), g[0], 1e-8);
    }

    @Test
    void longRows() {
        Rows rows = Rows.of(40).column("y", new double[40]);
        Objective sum = Objective.sum(N, rows, (x, row) -> body(x.times(Functions.exp(row.get("y")))));
        VectorFunction stack = VectorFunction.perRow(N, rows, (x, row) -> body(x.times(Functions.exp(row.get("y")))));
        double[] x = new Random(1).doubles(N, -0.5, 0.5).toArray();
        double expected = sum.value(x);
        for (Tier tier : new Tier[] {Tier.SCALAR, Tier.LANES}) {
            Settings settings = Settings.defaults().tier(tier).threads(1);
            ended(() -> sum.with(settings).value(x));
            ended(() -> stack.with(settings).value(x));
            assertEquals(expected, sum.with(settings).value(x));
        }
    }

    @Test
    void whatIsShortRunsToItsEnd() throws Throwable {
        SymmetricMatrix h = SymmetricMatrix.of(20);
        h.addDiagonal(2);
        runsToItsEnd(() -> ObjectiveTest.ROSENBROCK.hessian(new double[] {1, 2}));
        runsToItsEnd(() -> Objective.of(2, x -> x.get(0).times(x.get(1))).gradient(new double[2]));
        runsToItsEnd(() -> Cholesky.of(h).inverse());
        runsToItsEnd(() -> Ldl.of(h).solve(new double[20]));
        runsToItsEnd(() -> SymmetricEigen.of(h));
        runsToItsEnd(() -> Qr.of(Matrix.of(h.toArray())));
    }

    @Test
    void tracingAndDeriving() {
        assertTrue(ended(() -> Objective.of(N, InterruptsTest::body))
                .startsWith("interrupted in writing down a function, so far of 8192 operations"));
        Objective f = Objective.of(N, InterruptsTest::body);
        double[] x = new Random(1).doubles(N, -0.5, 0.5).toArray();
        ended(() -> f.gradient(x));
        ended(() -> f.hessianVector(x, x));
        assertArrayEquals(Objective.of(N, InterruptsTest::body).gradient(x), f.gradient(x));
    }

    @Test
    void factorisations() {
        int n = 400;
        Random random = new Random(2);
        SymmetricMatrix h = SymmetricMatrix.of(n);
        h.addGram(Matrix.of(random.doubles(n, -1, 1).mapToObj(d -> random.doubles(n, -1, 1).toArray())
                .toArray(double[][]::new)), null);
        h.addDiagonal(1);
        double[] before = h.toPacked();
        Cholesky cholesky = Cholesky.of(h);
        double[] b = random.doubles(n).toArray();
        double[] expected = cholesky.solve(b);
        assertEquals("interrupted in a Cholesky factorisation of 400 rows; the thread's interrupt is still set",
                ended(() -> cholesky.factor(h)));
        ended(() -> Cholesky.of(h));
        ended(() -> Cholesky.ofShifted(h));
        ended(() -> Ldl.of(h));
        ended(() -> SymmetricEigen.of(h));
        ended(() -> SymmetricEigen.values(h));
        ended(() -> SymmetricEigen.jacobi(h));
        ended(() -> Qr.of(Matrix.of(h.toArray())));
        ended(() -> Lanczos.largest(n, 40, h::multiply));
        cholesky.factor(h);
        ended(cholesky::inverse);
        assertArrayEquals(expected, cholesky.solve(b));
        assertArrayEquals(before, h.toPacked());
    }

    @Test
    void prepareGoesOnWhereItEnded() {
        Rows rows = Rows.of(100).column("y", new double[100]);
        Objective sum = Objective.sum(2, rows, (x, row) -> Functions.sin(x.get(0).times(x.get(1))).minus(row.get("y")));
        VectorFunction stack = VectorFunction.perRow(2, rows, (x, row) -> Functions.sin(x.get(0).times(row.get("y"))));
        Objective point = Objective.of(2, x -> Functions.sin(x.get(0).times(x.get(1))));
        if (Hesse.runtime().tier() != Tier.SCALAR) {
            assertEquals("interrupted in preparing a function of 2 parameters; the thread's interrupt is still set",
                    ended(sum::prepare));
            ended(stack::prepare);
        }
        ended(point::prepare);
        ended(() -> point.batch().prepare());
        point.prepare();
        assertTrue(point.explain().contains("    prepared    in "), point.explain());
        long start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            point.prepare();
        }
        assertTrue(System.nanoTime() - start < 5_000_000_000L, "a thousand calls when nothing is left to do");
    }
}

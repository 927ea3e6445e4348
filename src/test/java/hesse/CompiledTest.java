package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.SymmetricMatrix;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Compiled points: the bits of the scalar tier, nothing allocated, and classes that go with their functions. */
class CompiledTest {
    private static final Settings SCALAR = Settings.defaults().tier(Tier.SCALAR);
    private static final Settings FUSED = Settings.defaults().tier(Tier.FUSED);

    private static void same(Objective f, VectorFunction each, double[] x, String what) {
        int n = f.n();
        double[] v = new Random(n).doubles(n, -1, 1).toArray();
        double[] u = new Random(n + 1).doubles(each.m(), -1, 1).toArray();
        double[] g = new double[n];
        double[] expectedG = new double[n];
        SymmetricMatrix h = SymmetricMatrix.of(n);
        SymmetricMatrix expectedH = SymmetricMatrix.of(n);
        Objective scalar = f.with(SCALAR);
        Objective fused = f.with(FUSED);
        for (int repeat = 0; repeat < 2; repeat++) {
            assertEquals(scalar.value(x), fused.value(x), what);
            assertEquals(scalar.gradient(x, expectedG), fused.gradient(x, g), what);
            assertArrayEquals(expectedG, g, what);
            assertEquals(scalar.hessian(x, expectedG, expectedH), fused.hessian(x, g, h), what);
            assertArrayEquals(expectedG, g, what);
            assertArrayEquals(expectedH.toPacked(), h.toPacked(), what);
            assertEquals(scalar.hessianVector(x, v, expectedG), fused.hessianVector(x, v, g), what);
            assertArrayEquals(expectedG, g, what);
            assertArrayEquals(each.with(SCALAR).value(x), each.with(FUSED).value(x), what);
            assertArrayEquals(each.with(SCALAR).jacobian(x).data(), each.with(FUSED).jacobian(x).data(), what);
            assertArrayEquals(each.with(SCALAR).jacobianVector(x, v), each.with(FUSED).jacobianVector(x, v), what);
            assertArrayEquals(each.with(SCALAR).transposedJacobianVector(x, u),
                    each.with(FUSED).transposedJacobianVector(x, u), what);
            assertEquals(each.with(SCALAR).gaussNewton(x, expectedG, expectedH),
                    each.with(FUSED).gaussNewton(x, g, h), what);
            assertArrayEquals(expectedH.toPacked(), h.toPacked(), what);
        }
    }

    @Property(tries = 200, seed = "20261120")
    void randomBodies(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
        double[] x = new Random(seed).doubles(n, -1.5, 1.5).toArray();
        Objective f = Objective.of(n, new RandomBody(seed, 30));
        VectorFunction each = VectorFunction.of(n,
                p -> Functions.concat(Functions.sin(p), new RandomBody(seed, 30).apply(p).reshape(1)));
        same(f, each, x, "seed " + seed);
        same(f.times(3).plus(f), each, x, "two terms, seed " + seed);
    }

    /** More operations than one method takes, and steps of arrays between them. */
    @Test
    void severalRegions() {
        int n = 150;
        Objective f = Objective.of(n, x -> {
            Expr sum = Functions.norm2(x);
            for (int i = 0; i + 1 < n; i++) {
                sum = sum.plus(Functions.square(x.get(i + 1).minus(Functions.square(x.get(i)))).times(100))
                        .plus(Functions.exp(x.get(i).times(0.1)));
            }
            return sum.plus(Functions.dot(Functions.sin(x), x));
        });
        VectorFunction each = VectorFunction.of(n,
                x -> Functions.concat(x.slice(0, 3),
                Functions.square(x.get(5).minus(x.get(4)).times(x.get(6))).reshape(1)));
        same(f, each, new Random(1).doubles(n, -1, 1).toArray(), "chained");
    }

    @Test
    void constantsAndZeros() {
        same(Objective.of(2, x -> Expr.constant(2.5)),
                VectorFunction.of(2, x -> Expr.stack(x.get(1), Expr.constant(-0.0))),
                new double[] {1, -0.0}, "constant");
        same(Objective.of(3, x -> x.get(1).times(3).plus(1).times(x.get(1))),
                VectorFunction.of(3, x -> x.get(2).square().plus(x.get(2)).times(2)),
                new double[] {Double.NaN, 2, Double.POSITIVE_INFINITY}, "partly used");
    }

    /**
     * Negations go to factors, where constants take them and others share them, without a change of bits or of a zero's
     * sign.
     */
    @Test
    void negationsMove() {
        Objective wood = Objective.of(4, x -> Functions.square(x.get(1).minus(Functions.square(x.get(0)))).times(100)
                .plus(Functions.square(x.get(0).negate().plus(1)))
                .plus(Functions.square(x.get(3).minus(Functions.square(x.get(2)))).times(90))
                .plus(Functions.square(x.get(2).negate().plus(1)))
                .plus(Functions.square(x.get(1).plus(x.get(3)).minus(2)).times(10))
                .plus(Functions.square(x.get(1).minus(x.get(3))).times(0.1)));
        VectorFunction products = VectorFunction.of(4, x -> Expr.stack(
                x.get(0).times(x.get(1)).times(x.get(2)).negate(), x.get(3).minus(x.get(0).times(x.get(1))),
                x.get(2).minus(x.get(0).times(x.get(3))),
                x.get(3).times(-0.0).times(x.get(1)).negate(), x.get(0).times(3).negate().times(x.get(2))
                .minus(x.get(1))));
        for (double[] x : new double[][] {{1, 1, 1, 1}, {0, -0.0, 0, -0.0}, {-0.0, 2, -0.0, 3}, {0.3, -1.7, 2.5, 0.1},
                {Double.NaN, 1, Double.POSITIVE_INFINITY, -1}}) {
            same(wood, products, x, Arrays.toString(x));
        }
        String code = wood.with(FUSED).explain();
        String gradient = code.substring(code.indexOf("  gradient"), code.indexOf("  hessian"));
        assertFalse(gradient.contains("fnma("), gradient);
        assertEquals(1, gradient.split("negate\\(").length - 1, gradient);
    }

    @Test
    void warmCallsAllocateNothing() {
        Objective f = Objective.of(4, new RandomBody(3, 30)).with(FUSED);
        double[] x = {0.1, 0.2, -0.3, 0.4};
        double[] g = new double[4];
        SymmetricMatrix h = SymmetricMatrix.of(4);
        assertEquals(0, Allocation.least(50, () -> {
            f.value(x);
            f.gradient(x, g);
            f.hessian(x, g, h);
            f.hessianVector(x, x, g);
        }));
    }

    /** What is evaluated long enough is compiled in the background, without a change of bits. */
    @Test
    void autoMovesToCompiledCode() {
        Objective f = Objective.of(4, new RandomBody(9, 30));
        double[] x = {0.1, 0.2, -0.3, 0.4};
        double[] expected = f.with(SCALAR).gradient(x);
        double[] g = new double[4];
        long giveUp = System.nanoTime() + 60_000_000_000L;
        while (Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("hesse warm-up"))) {
            for (int i = 0; i < 1000; i++) {
                f.gradient(x, g);
                assertArrayEquals(expected, g);
            }
            assertTrue(System.nanoTime() < giveUp, "no warm-up");
        }
        while (Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals("hesse warm-up"))) {
            f.gradient(x, g);
            assertArrayEquals(expected, g);
        }
        f.gradient(x, g);
        assertArrayEquals(expected, g);
    }

    /** The same function again is compiled to the same classes. */
    @Test
    void classesAreShared() {
        var classes = ManagementFactory.getClassLoadingMXBean();
        Objective[] held = new Objective[100];
        long before = 0;
        for (int k = 0; k < held.length; k++) {
            held[k] = Objective.of(3, new RandomBody(77, 30)).with(FUSED);
            held[k].gradient(new double[] {0.1, 0.2, 0.3});
            before = k == 9 ? classes.getTotalLoadedClassCount() : before;
        }
        long more = classes.getTotalLoadedClassCount() - before;
        assertTrue(more < held.length - 10, () -> more + " classes for 90 equal functions");
        assertArrayEquals(held[0].gradient(new double[] {1, 2, 3}), held[99].gradient(new double[] {1, 2, 3}));
    }

    /** Compiled classes go with their functions. */
    @Test
    void classesUnload() {
        var classes = ManagementFactory.getClassLoadingMXBean();
        double[] x = {0.5, 0.25};
        double sum = 0;
        int most = 0;
        int before = classes.getLoadedClassCount();
        for (int k = 0; k < 10_000; k++) {
            double factor = k + 0.5;
            Objective f = Objective.of(2, p -> Functions.square(p.get(0).times(factor)).plus(p.get(1)).times(p.get(0)))
                    .with(FUSED);
            sum += f.gradient(x)[0];
            if (k % 1000 == 999) {
                System.gc();
                most = Math.max(most, classes.getLoadedClassCount() - before);
            }
        }
        assertTrue(sum > 0);
        int left = most;
        assertTrue(left < 2000, () -> left + " classes more than before");
    }

    /** A thousand operations nested in each other compile on a small stack. */
    @Test
    void deepExpressionsTakeLittleStack() throws InterruptedException {
        Objective f = Objective.of(1, x -> {
            Expr y = x.get(0);
            for (int i = 0; i < 1000; i++) {
                y = i % 3 == 0 ? Functions.sin(y) : y.times(1.25).plus(0.5);
            }
            return y;
        });
        double expected = f.with(Settings.defaults().tier(Tier.SCALAR)).value(new double[] {0.3});
        f.with(Settings.defaults().tier(Tier.FUSED)).gradient(new double[] {0.3}, new double[1]); // loads classes
        double[] actual = new double[1];
        Thread thread = new Thread(null, () -> actual[0] = f.with(Settings.defaults().tier(Tier.FUSED))
                .value(new double[] {0.3}), "small stack", 200_000);
        thread.start();
        thread.join();
        assertEquals(expected, actual[0]);
    }
}

package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final double[] POINTS = {-1.2, 1, 0.5, 2, 3, -4};

    private static void check(Objective f) {
        double[] values = new double[3];
        double[] gradients = new double[6];
        double[] hessians = new double[9];
        f.batch().values(POINTS, values);
        f.batch().gradients(POINTS, gradients);
        f.batch().hessians(POINTS, hessians);
        double[] values2 = new double[3];
        double[] gradients2 = new double[6];
        double[] hessians2 = new double[9];
        f.batch().hessians(POINTS, values2, gradients2, hessians2);
        for (int k = 0; k < 3; k++) {
            double[] x = Arrays.copyOfRange(POINTS, 2 * k, 2 * k + 2);
            assertEquals(f.value(x), values[k]);
            assertArrayEquals(f.gradient(x), Arrays.copyOfRange(gradients, 2 * k, 2 * k + 2));
            assertArrayEquals(f.hessian(x).toPacked(), Arrays.copyOfRange(hessians, 3 * k, 3 * k + 3));
        }
        assertArrayEquals(values, values2);
        assertArrayEquals(hessians, hessians2);
        double[] values3 = new double[3];
        f.batch().gradients(POINTS, values3, gradients2);
        assertArrayEquals(values, values3);
        assertArrayEquals(gradients, gradients2);
    }

    @Test
    void equalsPointByPoint() {
        check(ObjectiveTest.ROSENBROCK);
        check(ObjectiveTest.logistic(ObjectiveTest.rows(30, 2), 2).plus(ObjectiveTest.ROSENBROCK.times(3)));
    }

    private static double[] transposed(double[] a, int rows) {
        double[] result = new double[a.length];
        int columns = a.length / rows;
        for (int i = 0; i < a.length; i++) {
            result[i % columns * rows + i / columns] = a[i];
        }
        return result;
    }

    /** Any body at any number of points, by any tier and layout: the bits of the function at each point. */
    @Property(tries = 60, seed = "20261120")
    void randomBodiesByTierAndLayout(@ForAll long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(11);
        int count = new int[] {1, 31, 32, 65, 383, 384, 385, 800, 1601}[random.nextInt(9)];
        double[] points = random.doubles(count * n, -1.5, 1.5).toArray();
        Objective f = Objective.of(n, new RandomBody(seed, 20)).times(3)
                .plus(Objective.of(n, x -> Functions.sin(x).sum()));
        VectorFunction each = VectorFunction.of(n,
                x -> Functions.concat(x, Functions.tanh(new RandomBody(seed + 1, 10).apply(x)).reshape(1)));
        int packed = n * (n + 1) / 2;
        double[] values = new double[count];
        double[] gradients = new double[count * n];
        double[] withHessians = new double[count * n];
        double[] g1 = new double[n];
        SymmetricMatrix h1 = SymmetricMatrix.of(n);
        double[] hessians = new double[count * packed];
        double[] vectors = new double[count * (n + 1)];
        double[] jacobians = new double[count * (n + 1) * n];
        for (int k = 0; k < count; k++) {
            double[] x = Arrays.copyOfRange(points, k * n, (k + 1) * n);
            values[k] = f.value(x);
            System.arraycopy(f.gradient(x), 0, gradients, k * n, n);
            f.hessian(x, g1, h1);
            System.arraycopy(g1, 0, withHessians, k * n, n);
            System.arraycopy(h1.toPacked(), 0, hessians, k * packed, packed);
            System.arraycopy(each.value(x), 0, vectors, k * (n + 1), n + 1);
            System.arraycopy(each.jacobian(x).data(), 0, jacobians, k * (n + 1) * n, (n + 1) * n);
        }
        for (Tier tier : new Tier[] {Tier.SCALAR, Tier.LANES, Tier.FUSED}) {
            Batch batch = f.with(Settings.defaults().tier(tier)).batch();
            VectorBatch vectorBatch = each.with(Settings.defaults().tier(tier)).batch();
            double[] v = new double[values.length];
            double[] g = new double[gradients.length];
            double[] h = new double[hessians.length];
            batch.hessians(points, v, g, h);
            assertArrayEquals(values, v);
            assertArrayEquals(withHessians, g);
            assertArrayEquals(hessians, h);
            batch.gradients(points, g);
            assertArrayEquals(gradients, g);
            double[] f1 = new double[vectors.length];
            double[] j = new double[jacobians.length];
            vectorBatch.jacobians(points, f1, j);
            assertArrayEquals(vectors, f1);
            assertArrayEquals(jacobians, j);
            double[] byComponent = transposed(points, count);
            batch.byComponent().hessians(byComponent, v, g, h);
            assertArrayEquals(values, v);
            assertArrayEquals(transposed(withHessians, count), g);
            assertArrayEquals(transposed(hessians, count), h);
            vectorBatch.byComponent().jacobians(byComponent, null, j);
            assertArrayEquals(transposed(jacobians, count), j);
            vectorBatch.byComponent().values(byComponent, f1);
            assertArrayEquals(transposed(vectors, count), f1);
        }
    }

    @Test
    void termsWithRowsByComponent() {
        Objective f = ObjectiveTest.logistic(ObjectiveTest.rows(40, 2), 2).plus(ObjectiveTest.ROSENBROCK.times(3));
        double[] values = new double[3];
        double[] hessians = new double[9];
        double[] expected = new double[9];
        f.batch().hessians(POINTS, expected);
        f.batch().byComponent().hessians(transposed(POINTS, 3), values, null, hessians);
        assertArrayEquals(transposed(expected, 3), hessians);
        f.batch().values(POINTS, expected = new double[3]);
        assertArrayEquals(expected, values);
    }

    @Test
    void warmCallsAllocateNothing() {
        double[] points = new Random(1).doubles(2000).toArray();
        double[] values = new double[1000];
        double[] gradients = new double[2000];
        double[] hessians = new double[3000];
        Batch batch = ObjectiveTest.ROSENBROCK.with(Settings.defaults().threads(1).tier(Tier.LANES)).batch();
        assertEquals(0, Allocation.least(50, () -> batch.hessians(points, values, gradients, hessians)));
        Batch fused = ObjectiveTest.ROSENBROCK.with(Settings.defaults().threads(1).tier(Tier.FUSED)).batch().prepare();
        Batch byComponent = fused.byComponent();
        assertEquals(0, Allocation.least(50, () -> fused.hessians(points, values, gradients, hessians)));
        assertEquals(0, Allocation.least(50, () -> byComponent.hessians(points, values, gradients, hessians)));
        assertEquals(0, Allocation.least(50, () -> {
            batch.hessians(points, values, gradients, hessians);
            byComponent.hessians(points, values, gradients, hessians);
        }));
    }

    /** By component regions write to the caller's arrays, as many of them as there are. */
    @Test
    void resultsThatNobodyWants() {
        int count = 2000;
        int n = 6;
        double[] points = new Random(1).doubles(count * n, -1.5, 1.5).toArray();
        Objective f = Objective.of(n, new RandomBody(5, 200));
        double[] gradients = new double[points.length];
        double[] hessians = new double[count * n * (n + 1) / 2];
        f.with(Settings.defaults().tier(Tier.SCALAR)).batch().byComponent().hessians(points, null, gradients, hessians);
        Batch fused = f.with(Settings.defaults().tier(Tier.FUSED)).batch().byComponent();
        double[] g = new double[points.length];
        double[] h = new double[hessians.length];
        fused.hessians(points, h);
        assertArrayEquals(hessians, h);
        Arrays.fill(h, 0);
        fused.hessians(points, new double[count], g, h);
        assertArrayEquals(gradients, g);
        assertArrayEquals(hessians, h);
    }

    /**
     * Entries of a Jacobian that are zero, one, an entry of the point, or the same as another: they leave as all others
     * do.
     */
    @Test
    void resultsThatNobodyComputes() {
        VectorFunction f = VectorFunction.of(4,
                x -> Expr.stack(x.get(0).times(x.get(1)), x.get(1).times(x.get(0)), x.get(2),
                Functions.sin(x.get(3)).plus(x.get(0).times(x.get(2))).dividedBy(x.get(1))));
        for (int count : new int[] {1, 31, 32, 64, 100, 384, 1_000, 1_600}) {
            double[] points = new Random(count).doubles(4 * count, -2, 2).toArray();
            points[count / 2] = -0.0;
            double[] byComponent = transposed(points, count);
            double[] values = new double[4 * count];
            double[] jacobians = new double[16 * count];
            f.with(Settings.defaults().tier(Tier.SCALAR)).batch().jacobians(points, values, jacobians);
            for (Tier tier : new Tier[] {Tier.LANES, Tier.FUSED}) {
                VectorBatch batch = f.with(Settings.defaults().tier(tier)).batch();
                double[] v = new double[4 * count];
                double[] j = new double[16 * count];
                Arrays.fill(j, Double.NaN);
                batch.jacobians(points, v, j);
                assertArrayEquals(values, v);
                assertArrayEquals(jacobians, j);
                Arrays.fill(j, Double.NaN);
                batch.byComponent().jacobians(byComponent, v, j);
                assertArrayEquals(transposed(values, count), v);
                assertArrayEquals(transposed(jacobians, count), j);
                Arrays.fill(j, Double.NaN);
                batch.byComponent().jacobians(byComponent, null, j);
                assertArrayEquals(transposed(jacobians, count), j);
            }
        }
    }

    @Test
    void noPoints() {
        ObjectiveTest.ROSENBROCK.batch().hessians(new double[0], new double[0], new double[0], new double[0]);
    }

    @Test
    void badInput() {
        Batch batch = ObjectiveTest.ROSENBROCK.batch();
        assertEquals("the points have 5 entries, not a multiple of n = 2",
                assertThrows(IllegalArgumentException.class, () -> batch.values(new double[5], new double[2]))
                .getMessage());
        assertEquals("the array of values has 2 entries, 3 points need 3",
                assertThrows(IllegalArgumentException.class, () -> batch.values(POINTS, new double[2])).getMessage());
        assertEquals("the array of gradients has 3 entries, 3 points need 6",
                assertThrows(IllegalArgumentException.class, () -> batch.gradients(POINTS, new double[3]))
                .getMessage());
        assertEquals("the array of Hessians has 12 entries, 3 points need 9",
                assertThrows(IllegalArgumentException.class, () -> batch.hessians(POINTS, new double[12]))
                .getMessage());
        assertThrows(IllegalArgumentException.class, () -> batch.gradients(POINTS, POINTS));
        VectorFunction rows = VectorFunction.perRow(2, ObjectiveTest.rows(5, 2),
                (x, row) -> Functions.dot(row.get("x"), x));
        assertEquals("a batch is of a function without rows; this one stacks 5 rows at one point",
                assertThrows(IllegalStateException.class, rows::batch).getMessage());
    }

    @Test
    void arraysThatAreFilledAreApart() {
        Objective f = Objective.of(1, x -> x.get(0).times(x.get(0)).times(x.get(0)));
        double[] points = new double[50];
        double[] shared = new double[50];
        double[] other = new double[50];
        for (Batch batch : new Batch[] {f.batch(), f.batch().byComponent(), f.plus(f).batch()}) {
            assertEquals("the arrays of values and of gradients are one; they must be two",
                    assertThrows(IllegalArgumentException.class, () -> batch.gradients(points, shared, shared))
                    .getMessage());
            assertThrows(IllegalArgumentException.class, () -> batch.hessians(points, shared, shared, other));
            assertThrows(IllegalArgumentException.class, () -> batch.hessians(points, shared, other, shared));
            assertThrows(IllegalArgumentException.class, () -> batch.hessians(points, null, shared, shared));
            assertThrows(IllegalArgumentException.class, () -> batch.hessians(shared, null, null, shared));
        }
        double[] none = {};
        f.batch().hessians(none, none.clone(), none.clone(), none.clone());
    }

    /** Zeros, entries of the point and repeated results, which blocks of points lay side by side. */
    @Test
    void preparedWithResultsThatAreNotComputed() {
        VectorFunction f = VectorFunction.of(3, x -> {
            Expr a = Functions.sin(x.get(0)).times(x.get(1)).plus(Functions.exp(x.get(1)));
            Expr b = a.times(x.get(0)).minus(Functions.square(x.get(1)));
            return Expr.stack(a, b, x.get(2), a.times(b), b.dividedBy(Functions.exp(a)));
        });
        double[] points = new Random(3).doubles(3 * 50).toArray();
        double[] expected = new double[15 * 50];
        double[] jacobians = new double[15 * 50];
        f.with(Settings.defaults().tier(Tier.SCALAR)).batch().jacobians(points, null, expected);
        f.with(Settings.defaults().tier(Tier.FUSED)).batch().prepare().jacobians(points, null, jacobians);
        assertArrayEquals(expected, jacobians);
    }
}

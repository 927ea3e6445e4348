package hesse;

import static hesse.Functions.matmul;
import static hesse.Functions.square;
import static hesse.Functions.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Matrix products at a point by the kernel, whose bits are those of the scalar tier's loops. */
class PointProductTest {
    private static final Tier[] TIERS = {Tier.AUTO, Tier.LANES, Tier.FUSED};
    private static final int[][] SHAPES = {{4, 4, 4}, {8, 16, 8}, {7, 13, 17}, {16, 16, 4}, {33, 40, 3}, {3, 40, 33},
            {1, 50, 60}, {50, 60, 1},
        {60, 1, 40}, {50, 2, 50}, {20, 400, 5}, {64, 64, 64}};

    private static double[][] rows(int rows, int columns, Random random) {
        double[][] a = new double[rows][];
        Arrays.setAll(a, i -> random.doubles(columns, -1, 1).toArray());
        return a;
    }

    /** sum (op(A) op(X))^2, a cube beside it so that second derivatives depend on the point. */
    private static Objective objective(int m, int inner, int n, boolean left, boolean right, double[][] a) {
        return Objective.of(inner * n, p -> {
            Expr x = right ? p.reshape(n, inner).transpose() : p.reshape(inner, n);
            Expr product = matmul(left ? Expr.constant(a).transpose() : Expr.constant(a), x);
            return sum(square(product)).plus(sum(product.times(square(product))));
        });
    }

    @Test
    void sameBitsInEveryOrientation() {
        for (int[] shape : SHAPES) {
            for (int flags = 0; flags < 4; flags++) {
                boolean left = (flags & 1) > 0;
                boolean right = (flags & 2) > 0;
                Random random = new Random(flags);
                double[][] a = left ? rows(shape[1], shape[0], random) : rows(shape[0], shape[1], random);
                Objective f = objective(shape[0], shape[1], shape[2], left, right, a);
                double[] x = random.doubles(f.n(), -1, 1).toArray();
                same(f, x, Arrays.toString(shape) + (left ? " A'" : " A") + (right ? " X'" : " X"));
                x[random.nextInt(x.length)] = Double.POSITIVE_INFINITY;
                x[random.nextInt(x.length)] = Double.NaN;
                x[random.nextInt(x.length)] = -0.0;
                same(f, x, "not finite, " + Arrays.toString(shape));
                Arrays.fill(x, -0.0);
                same(f, x, "zeros, " + Arrays.toString(shape));
            }
        }
    }

    private static void same(Objective f, double[] x, String what) {
        Objective scalar = f.with(Settings.defaults().tier(Tier.SCALAR));
        double[] v = new Random(9).doubles(x.length).toArray();
        for (Tier tier : TIERS) {
            Objective g = f.with(Settings.defaults().tier(tier));
            assertEquals(scalar.value(x), g.value(x), what + " " + tier);
            assertArrayEquals(scalar.gradient(x), g.gradient(x), what + " " + tier);
            assertArrayEquals(scalar.hessianVector(x, v), g.hessianVector(x, v), what + " " + tier);
        }
    }

    @Test
    void sameBitsByDirectionsAndAtManyPoints() {
        double[][] a = rows(30, 20, new Random(1));
        Objective f = objective(30, 20, 3, false, false, a);
        double[] x = new Random(2).doubles(f.n()).toArray();
        double[] packed = f.with(Settings.defaults().tier(Tier.SCALAR)).hessian(x).toPacked();
        for (Tier tier : TIERS) {
            assertArrayEquals(packed, f.with(Settings.defaults().tier(tier)).hessian(x).toPacked(), tier.name());
        }
    }

    @Test
    void nothingIsAllocated() {
        Objective f = objective(40, 30, 20, false, true, rows(40, 30, new Random(1)))
                .with(Settings.defaults().tier(Tier.FUSED));
        double[] x = new Random(2).doubles(f.n()).toArray();
        double[] g = new double[f.n()];
        assertEquals(0, Allocation.least(200, () -> f.gradient(x, g)));
    }
}

package hesse;

import static hesse.BranchTest.check;
import static hesse.Functions.abs;
import static hesse.Functions.cbrt;
import static hesse.Functions.cosh;
import static hesse.Functions.exp;
import static hesse.Functions.hypot;
import static hesse.Functions.log;
import static hesse.Functions.log1p;
import static hesse.Functions.max;
import static hesse.Functions.min;
import static hesse.Functions.norm2;
import static hesse.Functions.sin;
import static hesse.Functions.sqrt;
import static hesse.Functions.square;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.curvature.Classification;
import hesse.curvature.Curvature;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * At the kink of abs, max, roots and norms: the second derivative of the smooth function they are part of, first-order
 * conventions kept.
 */
class KinksTest {
    private static final double[] ZERO = {0};
    private static final double[] ORIGIN = {0, 0};

    private static Expr first(Expr x) {
        return x.get(0);
    }

    private static Expr radius(Expr x) {
        return sqrt(square(x.get(0)).plus(square(x.get(1))));
    }

    private static Expr hypotenuse(Expr x) {
        return hypot(x.get(0), x.get(1));
    }

    private static Expr matern3(Expr r) {
        return r.times(Math.sqrt(3)).plus(1).times(exp(r.times(-Math.sqrt(3))));
    }

    private static Expr matern5(Expr r) {
        return r.times(Math.sqrt(5)).plus(1).plus(square(r).times(5.0 / 3)).times(exp(r.times(-Math.sqrt(5))));
    }

    @Test
    void evenFunctionsOfAbs() {
        check(x -> square(abs(first(x))), ZERO, 0, ZERO, 2);
        check(x -> abs(first(x)).times(abs(first(x))), ZERO, 0, ZERO, 2);
        check(x -> abs(first(x)).pow(4), ZERO, 0, ZERO, 0);
        check(x -> abs(first(x)).pow(3), ZERO, 0, ZERO, 0);
        check(x -> abs(square(first(x))), ZERO, 0, ZERO, 2);
        check(x -> abs(square(first(x)).negate()), ZERO, 0, ZERO, 2);
        check(x -> abs(exp(first(x)).negate()), ZERO, 1, new double[] {1}, 1);
        check(x -> abs(square(first(x)).times(3).plus(square(first(x)))), ZERO, 0, ZERO, 8);
        check(x -> square(abs(abs(first(x)).negate())), ZERO, 0, ZERO, 2);
        check(x -> cosh(abs(first(x))), ZERO, 1, ZERO, 1);
        check(x -> log(cosh(abs(first(x)))), ZERO, 0, ZERO, 1);
        check(x -> abs(first(x)).times(sin(abs(first(x)))), ZERO, 0, ZERO, 2);
        check(x -> exp(square(abs(first(x))).negate()), ZERO, 1, ZERO, -2);
        check(x -> square(max(first(x), first(x).negate())), ZERO, 0, ZERO, 2);
        check(x -> square(min(first(x), first(x).negate())), ZERO, 0, ZERO, 2);
        check(x -> matern3(abs(first(x))), ZERO, 1e-15, 1, ZERO, -3);
        check(x -> matern5(abs(first(x))), ZERO, 1e-15, 1, ZERO, -5.0 / 3);
        check(x -> matern3(abs(x.get(0).minus(x.get(1)))), new double[] {7, 7}, 1e-15, 1, ORIGIN, -3, 3, -3);
        check(x -> square(abs(first(x))), new double[] {-0.0}, 0, ZERO, 2);
    }

    @Test
    void firstOrderConventionsStay() {
        check(x -> abs(first(x)), ZERO, 0, ZERO, 0);
        check(x -> log1p(exp(abs(first(x)).negate())).plus(max(first(x), 0)), ZERO, 1e-15, Math.log(2),
                new double[] {1}, 0.25);
        check(x -> log1p(exp(abs(first(x)).negate())).plus(max(Expr.constant(0), first(x))), ZERO, 1e-15,
                Math.log(2), ZERO, 0.25);
        assertArrayEquals(ZERO, VectorFunction.of(1, x -> abs(x)).jacobian(ZERO).data());
        assertArrayEquals(ZERO, VectorFunction.of(1, x -> abs(x)).jacobianVector(ZERO, new double[] {1}));
        SymmetricMatrix h = SymmetricMatrix.of(1);
        VectorFunction.of(1, x -> abs(x)).gaussNewton(ZERO, new double[1], h);
        assertEquals(0, h.get(0, 0));
    }

    @Test
    void powersOfRoots() {
        check(x -> square(radius(x)), ORIGIN, 0, ORIGIN, 2, 0, 2);
        check(x -> square(hypotenuse(x)), ORIGIN, 0, ORIGIN, 2, 0, 2);
        check(x -> square(norm2(x)), ORIGIN, 0, ORIGIN, 2, 0, 2);
        check(x -> norm2(x).times(norm2(x)), ORIGIN, 0, ORIGIN, 2, 0, 2);
        for (int n = 3; n <= 6; n++) {
            int power = n;
            check(x -> radius(x).pow(power), ORIGIN, 0, ORIGIN, 0, 0, 0);
            check(x -> hypotenuse(x).pow(power), ORIGIN, 0, ORIGIN, 0, 0, 0);
            check(x -> norm2(x).pow(power), ORIGIN, 0, ORIGIN, 0, 0, 0);
        }
        check(x -> exp(square(norm2(x)).negate()), ORIGIN, 1, ORIGIN, -2, 0, -2);
        check(x -> square(norm2(x)).plus(1).pow(-0.5), ORIGIN, 1, ORIGIN, -1, 0, -1);
        check(x -> square(radius(x)).plus(1).pow(-0.5), ORIGIN, 1, ORIGIN, -1, 0, -1);
        check(x -> square(x.get(0)).plus(square(x.get(1))).pow(1.5), ORIGIN, 0, ORIGIN, 0, 0, 0);
        check(x -> square(square(x.get(0)).plus(square(x.get(1))).pow(0.5)), ORIGIN, 0, ORIGIN, 2, 0, 2);
        check(x -> square(sqrt(first(x))), ZERO, 0, new double[] {1}, 0);
        check(x -> cbrt(first(x)).pow(3), ZERO, 0, new double[] {1}, 0);
        check(x -> cbrt(first(x)).pow(6), ZERO, 0, ZERO, 2);
        Function<Expr, Expr> cubes = x -> cbrt(first(x)).pow(4).plus(sqrt(first(x)).pow(5));
        check(cubes, new double[] {64}, 1e-14, 256 + 32768, new double[] {4.0 / 3 * 4 + 2.5 * 512},
                4.0 / 9 / 16 + 3.75 * 8);
        check(x -> hypotenuse(x).pow(3), new double[] {3, 4}, 1e-14, 125, new double[] {45, 60},
                15 + 5.4, 7.2, 15 + 9.6);
        check(x -> norm2(x).pow(3), new double[] {3, 4}, 1e-14, 125, new double[] {45, 60}, 15 + 5.4, 7.2, 15 + 9.6);
    }

    /** No local rule gives the Hessian here: it is NaN, not a number that is wrong. */
    @Test
    void maternOfHypotHasAGradientOnly() {
        Objective f = Objective.of(2, x -> matern3(hypotenuse(x)));
        assertArrayEquals(ORIGIN, f.gradient(ORIGIN));
        assertEquals(Double.NaN, f.hessian(ORIGIN).get(0, 0));
        assertEquals(Double.NaN, f.hessian(ORIGIN).get(1, 1));
        assertArrayEquals(new double[] {Double.NaN, Double.NaN}, Objective.of(2, x -> norm2(x)).gradient(ORIGIN));
    }

    @Test
    void normsAndAnglesAreScaled() {
        for (double size : new double[] {1e-300, 1e-200, 1e-155, 1e-100, 1, 1e100, 1e155, 1e200, 1e300}) {
            double[] x = {3 * size, 4 * size};
            double error = 4e-16;
            for (Function<Expr, Expr> norm : List.<Function<Expr, Expr>>of(Functions::norm2, KinksTest::hypotenuse)) {
                Objective f = Objective.of(2, norm);
                assertEquals(5 * size, f.value(x), error * 5 * size);
                assertArrayEquals(new double[] {0.6, 0.8}, f.gradient(x), error * 2);
            }
            Objective angle = Objective.of(2, p -> Functions.atan2(p.get(1), p.get(0)));
            assertArrayEquals(new double[] {-0.8, 0.6}, Arrays.stream(angle.gradient(x)).map(d -> d * (5 * size))
                    .toArray(), 2e-15);
            if (size >= 1e-150 && size <= 1e150) {
                double square = 25 * size * size;
                double[] h = angle.hessian(x).toPacked();
                assertArrayEquals(new double[] {0.96, 0.28, -0.96},
                        new double[] {h[0] * square, h[1] * square, h[2] * square}, 1e-14);
            }
        }
        assertEquals(5e200, Objective.of(3, x -> norm2(x)).value(new double[] {3e200, 1e-300, 4e200}), 1e185);
        assertEquals(Double.POSITIVE_INFINITY,
                Objective.of(2, x -> norm2(x)).value(new double[] {Double.NEGATIVE_INFINITY, 1}));
        assertEquals(Double.NaN, Objective.of(2, x -> norm2(x)).value(new double[] {Double.NaN, 1}));
    }

    /** Powers of a norm where its square is out of range: by what is under the root, unscaled. */
    @Test
    void powersOfNormsOfAnySize() {
        for (double size : new double[] {1e-200, 1e-160, 1, 1e100}) {
            double[] x = {3 * size, 4 * size};
            check(p -> square(norm2(p)), x, 1e-15, 25 * size * size, new double[] {6 * size, 8 * size}, 2, 0, 2);
        }
        double s = 1e-160;
        check(p -> norm2(p).pow(3), new double[] {3 * s, 4 * s}, 1e-14, 0, new double[] {0, 0}, 20.4 * s,
                7.2 * s, 24.6 * s);
        double[] data = {1, 1, 1e200, 1, 1e-200, 2};
        Objective f = Objective.sum(2, Rows.of(3).column("a", 2, data),
                (p, row) -> exp(square(norm2(p.minus(row.get("a")))).negate()));
        assertEquals(1 + Math.exp(-2), f.value(new double[] {1, 1}), 1e-15);
        double e = Math.exp(-2);
        assertArrayEquals(new double[] {-2 * e, 2 * e}, f.gradient(new double[] {1, 1}), 1e-15);
        assertArrayEquals(new double[] {-2 + 2 * e, -4 * e, -2 + 2 * e},
                f.hessian(new double[] {1, 1}).toPacked(), 1e-14);
    }

    /** The square of a norm over a length, as in kernels of machine learning. */
    @Test
    void powersOfScaledRoots() {
        check(x -> exp(square(norm2(x).dividedBy(2)).times(-0.5)), ORIGIN, 1, ORIGIN, -0.25, 0, -0.25);
        check(x -> exp(square(norm2(x.slice(0, 2)).dividedBy(x.get(2))).times(-0.5)), new double[] {0, 0, 2},
                1, new double[3],
                -0.25, 0, -0.25, 0, 0, 0);
        check(x -> square(norm2(x).times(2)), ORIGIN, 0, ORIGIN, 8, 0, 8);
        check(x -> square(radius(x).dividedBy(2)), ORIGIN, 0, ORIGIN, 0.5, 0, 0.5);
        check(x -> square(hypotenuse(x).times(0.5)), ORIGIN, 0, ORIGIN, 0.5, 0, 0.5);
        check(x -> exp(square(hypotenuse(x).dividedBy(2)).negate()), ORIGIN, 1, ORIGIN, -0.5, 0, -0.5);
        check(x -> square(norm2(x).dividedBy(3)).plus(1).reciprocal(), ORIGIN, 1, ORIGIN, -2.0 / 9, 0, -2.0 / 9);
        check(x -> radius(x).dividedBy(2).pow(4), ORIGIN, 0, ORIGIN, 0, 0, 0);
        check(x -> Functions.fma(norm2(x), norm2(x), Expr.constant(1)), ORIGIN, 1, ORIGIN, 2, 0, 2);
        check(x -> Functions.dot(sqrt(square(x)), sqrt(square(x))), ORIGIN, 0, ORIGIN, 2, 0, 2);
        check(x -> norm2(x).pow(2.5), ORIGIN, 0, ORIGIN, 0, 0, 0);
        check(x -> hypotenuse(x).pow(2.5), ORIGIN, 0, ORIGIN, 0, 0, 0);
        double[] p = {3, 4, 2};
        check(x -> square(norm2(x.slice(0, 2)).dividedBy(x.get(2))), p, 1e-15, 6.25, new double[] {1.5, 2, -6.25},
                0.5, 0, 0.5, -1.5, -2, 9.375);
        check(x -> norm2(x.slice(0, 2)).times(x.get(2)).pow(3), p, 1e-14, 1000, new double[] {360, 480, 1500},
                163.2, 57.6, 196.8, 540, 720, 1500);
    }

    /** Where |u| is smooth though u is 0 to second order, its sign unknown to the graph. */
    @Test
    void absOfADoubleZero() {
        check(x -> abs(square(first(x)).minus(first(x).pow(4))), ZERO, 0, ZERO, 2);
        check(x -> abs(Functions.cos(first(x)).negate().plus(1)), ZERO, 0, ZERO, 1);
        check(x -> abs(first(x).times(abs(first(x)))), ZERO, 0, ZERO, 2);
        check(x -> abs(square(x.get(0)).times(x.get(1))), new double[] {0, 1}, 0, ORIGIN, 2, 0, 0);
        check(x -> exp(abs(square(sin(first(x))).minus(first(x).pow(4))).negate()), ZERO, 1, ZERO, -2);
    }

    @Test
    void aMinimumAtAKinkIsOne() {
        assertEquals(Classification.MINIMUM, Curvature.of(Objective.of(1, x -> square(abs(first(x)))), ZERO)
                .classification());
        assertEquals(Classification.MINIMUM, Curvature.of(Objective.of(2, x -> square(norm2(x))), ORIGIN)
                .classification());
    }
}

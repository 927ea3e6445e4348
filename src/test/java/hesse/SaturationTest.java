package hesse;

import static hesse.BranchTest.check;
import static hesse.Functions.atan;
import static hesse.Functions.cosh;
import static hesse.Functions.erf;
import static hesse.Functions.erfc;
import static hesse.Functions.exp;
import static hesse.Functions.expm1;
import static hesse.Functions.log;
import static hesse.Functions.normalCdf;
import static hesse.Functions.sigmoid;
import static hesse.Functions.sinh;
import static hesse.Functions.softplus;
import static hesse.Functions.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What is infinite contributes nothing to a function that is flat there: slopes 0, not NaN; but NaN stays NaN, and
 * infinite slopes infinite.
 */
class SaturationTest {
    private static final double[] ZERO = {0};
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void overflowBelowAFunctionThatLevelsOff() {
        List<Function<Expr, Expr>> toZero = List.of(
                x -> exp(x).plus(1).reciprocal(), x -> expm1(x).reciprocal(), x -> x.dividedBy(expm1(x)),
                x -> cosh(x).reciprocal(),
                x -> sinh(x).reciprocal(), x -> exp(x).plus(1).pow(-3), x -> exp(x).plus(1).pow(-0.5),
                x -> exp(exp(x).negate()),
                x -> exp(cosh(x).negate()), x -> erfc(exp(x)), x -> normalCdf(exp(x).negate()),
                x -> sigmoid(exp(x).negate()),
                x -> softplus(exp(x).negate()), x -> exp(x.times(exp(x)).negate()), x -> exp(x).square()
                .plus(1).reciprocal(),
                x -> x.dividedBy(exp(x).plus(x.square())), x -> x.square().times(exp(x)).plus(1).reciprocal(),
                x -> exp(exp(x).plus(exp(x.times(2))).negate()), x -> exp(x).sqrt().plus(exp(x)).reciprocal(),
                x -> Expr.constant(2).dividedBy(exp(x).plus(exp(x.negate()))), x -> Expr.stack(exp(x), x)
                .sum().reciprocal());
        for (Function<Expr, Expr> f : toZero) {
            check(x -> f.apply(x.get(0)), new double[] {800}, 0, ZERO, 0);
            check(x -> f.apply(x.get(0)).plus(x.get(1).square()), new double[] {800, 3}, 9,
                    new double[] {0, 6}, 0, 0, 2);
        }
        check(x -> tanh(exp(x.get(0))), new double[] {800}, 1, ZERO, 0);
        check(x -> erf(exp(x.get(0))), new double[] {800}, 1, ZERO, 0);
        check(x -> atan(exp(x.get(0))), new double[] {800}, Math.PI / 2, ZERO, 0);
        check(x -> sigmoid(sinh(x.get(0))), new double[] {800}, 1, ZERO, 0);
        check(x -> x.get(0).pow(-12), new double[] {1.1e29}, 0, ZERO, 0);
        check(x -> x.get(0).pow(12).reciprocal(), new double[] {1.1e29}, 0, ZERO, 0);
        check(x -> Expr.constant(7).dividedBy(x.get(0).pow(12)), new double[] {1.1e29}, 0, ZERO, 0);
        check(x -> x.get(0).times(x.get(0)).times(x.get(0)).times(x.get(0)).times(x.get(0)).reciprocal(),
                new double[] {1e65}, 0, ZERO, 0);
    }

    /** Powers whose slope overflows where they do, or twice a number that is finite. */
    @Test
    void polynomialsBelowAFunctionThatLevelsOff() {
        for (double size : new double[] {1e103, 1e160, 1e300, 1e307}) {
            for (Function<Expr, Expr> f
                    : List.<Function<Expr, Expr>>of(x -> exp(x.pow(4).negate()), x -> x.pow(4).plus(1).reciprocal(),
                    x -> x.dividedBy(x.pow(4).plus(1)), x -> x.square().plus(1).square().reciprocal(),
                    x -> exp(x.square().square().negate()))) {
                check(x -> f.apply(x.get(0)), new double[] {size}, 0, ZERO, 0);
            }
        }
        for (double size : new double[] {1e160, 1e307}) {
            check(x -> x.get(0).pow(3).plus(1).reciprocal(), new double[] {size}, 0, ZERO, 0);
            check(x -> tanh(x.get(0).pow(3)), new double[] {size}, 1, ZERO, 0);
            check(x -> normalCdf(x.get(0).pow(3).negate()), new double[] {size}, 0, ZERO, 0);
            check(x -> x.get(0).square().plus(1).reciprocal(), new double[] {size}, 0, ZERO, 0);
            check(x -> x.get(0).square().reciprocal(), new double[] {size}, 0, ZERO, 0);
            check(x -> exp(x.get(0).square().negate()), new double[] {size}, 0, ZERO, 0);
            check(x -> x.get(0).square().plus(1).pow(-1.5), new double[] {size}, 0, ZERO, 0);
        }
    }

    /** Exponents that are parameters: Rat43, Richards' curve, Student's density with free degrees of freedom. */
    @Test
    void powersWithAnExponentThatIsNoNumber() {
        Function<Expr, Expr> rat = x -> exp(x.get(0)).plus(1).pow(x.get(1).reciprocal().negate());
        double y = Math.exp(-400 / 2.0);
        check(rat, new double[] {400, 2}, 1e-11, y, new double[] {-y / 2, y * 400 / 4},
                y / 4, y / 4 - y * 400 / 8, y * (400.0 * 400 / 16 - 2 * 400.0 / 8));
        Objective small = Objective.of(2, x -> exp(x.get(0)).plus(1).pow(x.get(1)).reciprocal());
        assertEquals(0.01 * Math.exp(-40), small.hessian(new double[] {400, 0.1}).get(0, 0), 1e-16);
        check(x -> exp(x.get(0)).plus(1).pow(x.get(1).negate()), new double[] {800, 1}, 0,
                new double[] {0, 0}, 0, 0, 0);
    }

    /** A stationary point is none: where an adjoint is 0 for another reason, curvature stays. */
    @Test
    void zeroAdjointsKeepTheirCurvature() {
        check(x -> exp(x.get(0).negate()).plus(1).reciprocal().minus(0.5).square(), ZERO, 0, ZERO, 0.125);
        check(x -> tanh(exp(x.get(0))).minus(Math.tanh(1)).square(), ZERO, 1e-15, 0, ZERO,
                2 * Math.pow(1 / Math.cosh(1), 4));
    }

    @Test
    void notEverythingIsFlat() {
        double nan = Double.NaN;
        check(x -> exp(x.get(0).negate()).plus(1).reciprocal(), new double[] {nan}, nan, new double[] {nan}, nan);
        check(x -> exp(exp(x.get(0))), new double[] {800}, INFINITY, new double[] {INFINITY}, INFINITY);
        assertEquals(INFINITY, Objective.of(1, x -> exp(sinh(x.get(0)))).gradient(new double[] {800})[0]);
        Objective undefined = Objective.of(2, x -> log(x.get(1)).times(exp(x.get(0)).plus(1).reciprocal()));
        assertArrayEquals(new double[] {nan, nan}, undefined.gradient(new double[] {800, -1}));
        Objective f = Objective.of(2, x -> x.get(0).times(exp(x.get(1).negate())));
        assertArrayEquals(new double[] {INFINITY, -INFINITY}, f.gradient(new double[] {1, -1000}));
    }

    /** A datum at infinity: the upper bound of a censored one. */
    @Test
    void infiniteData() {
        Function<Expr, Expr> constant = p ->
                log(normalCdf(Expr.constant(INFINITY).minus(p.get(0)).dividedBy(p.get(1))));
        check(constant, new double[] {0, 1}, 0, new double[] {0, 0}, 0, 0, 0);
        check(p -> log(normalCdf(Expr.constant(INFINITY).minus(p.get(0)).times(p.get(1)))), new double[] {0, 1}, 0,
                new double[] {0, 0}, 0, 0, 0);
        double[] upper = new double[40];
        double[] lower = new double[40];
        for (int i = 0; i < 40; i++) {
            upper[i] = i % 2 == 0 ? INFINITY : 1;
            lower[i] = i % 4 < 2 ? -INFINITY : -1;
        }
        Rows rows = Rows.of(40).column("upper", upper).column("lower", lower);
        for (boolean precision : new boolean[] {false, true}) {
            Objective f = Objective.sum(2, rows, (p, row) -> {
                Expr above = row.get("upper").minus(p.get(0));
                Expr below = row.get("lower").minus(p.get(0));
                Expr scale = p.get(1);
                return precision
                        ? normalCdf(above.times(scale)).minus(normalCdf(below.times(scale)))
                        : normalCdf(above.dividedBy(scale)).minus(normalCdf(below.dividedBy(scale)));
            });
            Objective finite = Objective.of(2, p -> {
                Expr up = Expr.constant(1).minus(p.get(0));
                Expr low = Expr.constant(-1).minus(p.get(0));
                Expr a = normalCdf(precision ? up.times(p.get(1)) : up.dividedBy(p.get(1)));
                Expr b = normalCdf(precision ? low.times(p.get(1)) : low.dividedBy(p.get(1)));
                return a.times(20).plus(20).minus(b.times(20));
            });
            double[] x = {0.25, 1.5};
            for (Tier tier : Tier.values()) {
                Objective g = f.with(Settings.defaults().tier(tier));
                assertEquals(finite.value(x), g.value(x), 1e-13);
                assertArrayEquals(finite.gradient(x), g.gradient(x), 1e-13);
                assertArrayEquals(finite.hessian(x).toPacked(), g.hessian(x).toPacked(), 1e-13);
                assertArrayEquals(finite.hessianVector(x, x), g.hessianVector(x, x), 1e-13);
            }
        }
    }

    @Test
    void infiniteArgumentsOfTheErrorFunctions() {
        for (double x : new double[] {INFINITY, -INFINITY, 1e308, -1e308}) {
            for (Function<Expr, Expr> f : List.<Function<Expr, Expr>>of(Functions::erf, Functions::erfc,
                    Functions::normalCdf, Functions::tanh,
                    Functions::sigmoid, Functions::atan)) {
                Objective g = Objective.of(1, p -> f.apply(p.get(0)));
                assertEquals(0, g.gradient(new double[] {x})[0], 0.0);
                assertEquals(0, g.hessian(new double[] {x}).get(0, 0), 0.0);
            }
        }
    }
}

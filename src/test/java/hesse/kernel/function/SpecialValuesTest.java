package hesse.kernel.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Infinities, NaN, signed zeros, subnormals, and continuity where a function changes its method. */
class SpecialValuesTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static void check(DoubleUnaryOperator f, double... argumentsAndValues) {
        for (int i = 0; i < argumentsAndValues.length; i += 2) {
            assertEquals(argumentsAndValues[i + 1], f.applyAsDouble(argumentsAndValues[i]),
                    "at " + argumentsAndValues[i]);
        }
        assertEquals(Double.NaN, f.applyAsDouble(Double.NaN));
    }

    @Test
    void elementary() {
        check(Logarithm::log2, 1, 0, 8, 3, 0x1p-1074, -1074, 0x1p1023, 1023, 0.25, -2, 0, -INFINITY, -1, Double.NaN,
                INFINITY, INFINITY);
        check(Elementary::asinh, 0, 0, -0.0, -0.0, INFINITY, INFINITY, -INFINITY, -INFINITY, 1e-300, 1e-300);
        check(Elementary::acosh, 1, 0, 0.5, Double.NaN, INFINITY, INFINITY);
        check(Elementary::atanh, 0, 0, -0.0, -0.0, 1, INFINITY, -1, -INFINITY, 2, Double.NaN);
        check(x -> Elementary.sigmoid(x, Elementary.expMinusAbs(x)), 0, 0.5, INFINITY, 1, -INFINITY, 0, 800, 1, -800,
                0);
        check(x -> Elementary.softplus(x, Elementary.expMinusAbs(x)), INFINITY, INFINITY, -INFINITY, 0, 800, 800, 0,
                StrictMath.log(2));
        check(x -> Elementary.sigmoidSlope(x, Elementary.expMinusAbs(x)), 0, 0.25, INFINITY, 0, -INFINITY, 0);
        check(Elementary::gaussian, 0, 1, INFINITY, 0, -INFINITY, 0, 1e200, 0);
        check(Elementary::halfGaussian, INFINITY, 0, -1e300, 0);
        check(Elementary::sign, 0, 0, -0.0, -0.0, 5, 1, -INFINITY, -1);
        check(x -> Elementary.power(x, 3), -2, -8, 0, 0, -0.0, -0.0, INFINITY, INFINITY);
        check(x -> Elementary.power(x, -3), -2, -0.125, 0, INFINITY, -0.0, -INFINITY, -INFINITY, -0.0, INFINITY, 0);
        check(x -> Elementary.strongProduct(x, INFINITY), 0, 0, -0.0, 0, 2, INFINITY, -2, -INFINITY, INFINITY,
                INFINITY);
        check(x -> Elementary.strongProduct(0, x), INFINITY, 0, -INFINITY, 0, -2, -0.0, 3, 0);
        check(x -> Elementary.within(x, 7), 0, 7, -0.0, 7, -0x1p-1074, Double.NaN, INFINITY, 7, -INFINITY, Double.NaN);
        check(x -> Elementary.unlessInfinite(1, 0, x), 3, 3, INFINITY, INFINITY, -0.0, -0.0);
        check(x -> Elementary.unlessInfinite(INFINITY, 2, x), 3, 3, INFINITY, INFINITY, -0.0, -0.0);
        assertEquals(0, Elementary.unlessInfinite(-INFINITY, -0.0, Double.NaN));
        assertEquals(5, Elementary.unlessInfinite(Double.NaN, 0, 5));
        assertEquals(5, Elementary.unlessInfinite(INFINITY, Double.NaN, 5));
        check(x -> Elementary.within(1, x), 3, 3, INFINITY, INFINITY, -0.0, -0.0);
        check(x -> Power.directionCosine(x, 0), 0, 0, -0.0, -0.0, 3, 1, -0x1p-1074, -1, INFINITY, 1, 1e308, 1);
        check(x -> Power.directionCosine(x, INFINITY), 0, 0, -3, -0.0, INFINITY, Double.NaN);
        for (double squares : new double[] {1, 1e-280, 1e300, Double.NaN}) {
            assertEquals(1, Elementary.scale(squares));
        }
        for (double size : new double[] {0x1p-1074, 1e-310, -1e-150, 1e160, Double.MAX_VALUE}) {
            double scaled = size * Elementary.scale(size * size);
            assertTrue(scaled * scaled > 0x1p-1000 && scaled * scaled < 0x1p1000, "scale of " + size);
            assertEquals(size, scaled / Elementary.scale(size * size));
        }
        assertEquals(3, Elementary.norm(3, 7));
        assertEquals(0, Elementary.finiteOrZero(INFINITY));
        assertEquals(0, Elementary.finiteOrZero(Double.NaN));
    }

    @Test
    void errorFunctions() {
        DoubleUnaryOperator erf = x -> ErrorFunction.erf(x, Elementary.gaussian(x));
        DoubleUnaryOperator erfc = x -> ErrorFunction.erfc(x, Elementary.gaussian(x));
        check(erf, 0, 0, -0.0, -0.0, INFINITY, 1, -INFINITY, -1, 10, 1, 1e-310, 1.1283791670955126e-310);
        check(erfc, 0, 1, INFINITY, 0, -INFINITY, 2, 30, 0, -30, 2);
        check(x -> ErrorFunction.normalCdf(x, Elementary.halfGaussian(x)), 0, 0.5, INFINITY, 1, -INFINITY, 0, 40, 1,
                -40, 0);
        assertTrue(erfc.applyAsDouble(27) > 0, "subnormal tail");
        assertContinuous(erf, 1, 1e-15);
        assertContinuous(erfc, 1e-9, 1e-15);
    }

    @Test
    void gammaFamily() {
        check(Gamma::lgamma, 1, 0, 2, 0, 0, INFINITY, -0.0, INFINITY, -3, INFINITY, INFINITY, INFINITY, 3,
                StrictMath.log(2));
        check(x -> Gamma.polygamma(0, x), 0, -INFINITY, -0.0, INFINITY, -2, Double.NaN, INFINITY, INFINITY, -INFINITY,
                Double.NaN);
        check(x -> Gamma.polygamma(1, x), INFINITY, 0, 0, INFINITY, -0.0, INFINITY, -1, INFINITY);
        check(x -> Gamma.polygamma(2, x), 0, -INFINITY, -0.0, INFINITY, -1, Double.NaN);
        check(x -> Gamma.polygamma(3, x), 0, INFINITY, -1, INFINITY);
        for (double edge : new double[] {0.5, 1.5, 2.5, 10}) {
            assertContinuous(Gamma::lgamma, edge, 3e-15);
        }
        for (int order = 0; order < 4; order++) {
            int m = order;
            assertContinuous(x -> Gamma.polygamma(m, x), 10 + m, 4e-15);
            double x = -3.25;
            double shifted = Gamma.polygamma(m, x + 1) - ((m & 1) == 0 ? 1 : -1) * new double[] {1, 1, 2,
                    6}[m] / Math.pow(x, m + 1);
            assertEquals(shifted, Gamma.polygamma(m, x), 1e-12 * Math.max(1, Math.abs(shifted)),
                    "recurrence of order " + m);
        }
    }

    private static void assertContinuous(DoubleUnaryOperator f, double x, double tolerance) {
        double below = f.applyAsDouble(Math.nextDown(x));
        double above = f.applyAsDouble(x);
        assertEquals(below, above, tolerance * Math.max(1, Math.abs(above)), "at " + x);
    }
}

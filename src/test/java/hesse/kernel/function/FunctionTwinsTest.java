package hesse.kernel.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.Allocation;
import hesse.kernel.Twins;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Elementary functions over arrays and their scalar twins give the same bits, see {@link Twins}, cold and hot. */
class FunctionTwinsTest {
    private static final double[] EXPONENTIALS = new double[5000];
    private static final double[] WORK = new double[5000];

    private interface OverArrays {
        void fill(double[] x, int xOff, double[] y, int yOff, int n);
    }

    /** A function of x and of an exponential of x. */
    private interface OverExponentials {
        void fill(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n);
    }

    private interface OfTwo {
        void fill(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n);
    }

    private static final Map<OverArrays, DoubleUnaryOperator> FUNCTIONS = Map.ofEntries(
            Map.entry(ArrayFunctions::exp, Exponential::exp),
            Map.entry(ArrayFunctions::expm1, Exponential::expm1),
            Map.entry(ArrayFunctions::exp2, Exponential::exp2),
            Map.entry(ArrayFunctions::tanh, Exponential::tanh),
            Map.entry(ArrayFunctions::sinh, Exponential::sinh),
            Map.entry(ArrayFunctions::cosh, Exponential::cosh),
            Map.entry(ArrayFunctions::log, Logarithm::log),
            Map.entry(ArrayFunctions::log1p, Logarithm::log1p),
            Map.entry(ArrayFunctions::log2, Logarithm::log2),
            Map.entry(ArrayFunctions::log10, Logarithm::log10),
            Map.entry(ArrayFunctions::sin, Trigonometric::sin),
            Map.entry(ArrayFunctions::cos, Trigonometric::cos),
            Map.entry(ArrayFunctions::tan, Trigonometric::tan),
            Map.entry(ArrayFunctions::asin, InverseTrigonometric::asin),
            Map.entry(ArrayFunctions::acos, InverseTrigonometric::acos),
            Map.entry(ArrayFunctions::atan, InverseTrigonometric::atan),
            Map.entry(ArrayFunctions::cbrt, Power::cbrt),
            Map.entry(ArrayFunctions::gaussian, Elementary::gaussian),
            Map.entry(ArrayFunctions::halfGaussian, Elementary::halfGaussian),
            Map.entry(ArrayFunctions::asinh, Elementary::asinh),
            Map.entry(ArrayFunctions::acosh, Elementary::acosh),
            Map.entry(ArrayFunctions::atanh, Elementary::atanh),
            Map.entry(of(ArrayFunctionsOfTwo::erf, ArrayFunctions::gaussian),
            x -> ErrorFunction.erf(x, Elementary.gaussian(x))),
            Map.entry(of(ArrayFunctionsOfTwo::erfc, ArrayFunctions::gaussian),
            x -> ErrorFunction.erfc(x, Elementary.gaussian(x))),
            Map.entry(of(ArrayFunctionsOfTwo::normalCdf, ArrayFunctions::halfGaussian),
                    x -> ErrorFunction.normalCdf(x, Elementary.halfGaussian(x))),
            Map.entry(of(ArrayFunctionsOfTwo::softplus, FunctionTwinsTest::expMinusAbs),
                    x -> Elementary.softplus(x, Elementary.expMinusAbs(x))),
            Map.entry(ArrayFunctions::lgamma, Gamma::lgamma),
            Map.entry(polygamma(0), x -> Gamma.polygamma(0, x)),
            Map.entry(polygamma(1), x -> Gamma.polygamma(1, x)),
            Map.entry(polygamma(2), x -> Gamma.polygamma(2, x)));

    private static OverArrays of(OverExponentials function, OverArrays exponential) {
        return (x, xOff, y, yOff, n) -> {
            exponential.fill(x, xOff, EXPONENTIALS, 1, n);
            function.fill(x, xOff, EXPONENTIALS, 1, y, yOff, n);
        };
    }

    private static OverArrays polygamma(int order) {
        return (x, xOff, y, yOff, n) -> ArrayFunctions.polygamma(order, x, xOff, y, yOff, n);
    }

    private static void expMinusAbs(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            WORK[i] = -Math.abs(x[xOff + i]);
        }
        ArrayFunctions.exp(WORK, 0, y, yOff, n);
    }

    @BeforeAll
    static void vectors() {
        Twins.requireTheWidthThatWasAskedFor();
    }

    @Test
    void functionsOfOne() {
        double[] x = Twins.arguments();
        FUNCTIONS.forEach((arrays, function) -> {
            double[] expected = Arrays.stream(x).map(function).toArray();
            for (int n : new int[] {0, 1, 7, 8, 9, 100, x.length - 3}) {
                double[] actual = new double[n + 5];
                arrays.fill(x, 3, actual, 2, n);
                double[] wanted = new double[n + 5];
                System.arraycopy(expected, 3, wanted, 2, n);
                assertArrayEquals(wanted, actual);
            }
        });
    }

    /** Each over usual arguments: the same bits as before, and nothing allocated. */
    @Test
    void functionsOfOneHot() {
        double[] x = new Random(6).doubles(512, -0.9, 0.9).toArray();
        double[] y = new double[x.length];
        FUNCTIONS.forEach((arrays, function) -> {
            assertEquals(0, Allocation.least(500, () -> arrays.fill(x, 0, y, 0, x.length)));
            assertArrayEquals(Arrays.stream(x).map(function).toArray(), y);
        });
    }

    @Test
    void functionsOfTwo() {
        Random random = new Random(5);
        double[] x = random.doubles(1000).map(v -> v * Math.pow(2, random.nextInt(40) - 20)).toArray();
        double[] y = random.doubles(1000, -20, 20).toArray();
        for (int round = 0; round < 2; round++) {
            check(ArrayFunctionsOfTwo::pow, Power::pow, x, y);
            check(ArrayFunctionsOfTwo::atan2, InverseTrigonometric::atan2, x, y);
            check(ArrayFunctionsOfTwo::hypot, Power::hypot, x, y);
            check(ArrayFunctionsOfTwo::directionCosine, Power::directionCosine, x, y);
            Twins.special(x, y);
        }
        double[] base = random.doubles(512, 0.1, 3).toArray();
        double[] exponents = Arrays.copyOfRange(y, 1, 513);
        double[] z = new double[512];
        for (int k = 0; k < 3000; k++) {
            ArrayFunctionsOfTwo.pow(base, 0, exponents, 0, z, 0, 512);
        }
        check(ArrayFunctionsOfTwo::pow, Power::pow, base, exponents);
    }

    private static void check(OfTwo arrays, DoubleBinaryOperator function, double[] x, double[] y) {
        double[] actual = new double[x.length];
        arrays.fill(x, 0, y, 0, actual, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            assertEquals(function.applyAsDouble(x[i], y[i]), actual[i], x[i] + ", " + y[i]);
        }
    }
}

package hesse.kernel.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Elementary functions against 32-digit answers (elementary_answers.py), their special cases, and their monotony. */
class ElementaryErrorTest {
    private record Claim(DoubleUnaryOperator function, DoubleBinaryOperator ofTwo, double ulps) {
        static Claim of(DoubleUnaryOperator function, double ulps) {
            return new Claim(function, null, ulps);
        }
    }

    /** Every function with the bound that its documentation states. */
    private static final Map<String, Claim> CLAIMS = new TreeMap<>(Map.ofEntries(
            Map.entry("exp", Claim.of(Exponential::exp, 1)), Map.entry("exp2", Claim.of(Exponential::exp2, 1.1)),
            Map.entry("expm1", Claim.of(Exponential::expm1, 1)), Map.entry("tanh", Claim.of(Exponential::tanh, 1)),
            Map.entry("sinh", Claim.of(Exponential::sinh, 2.5)), Map.entry("cosh", Claim.of(Exponential::cosh, 2)),
            Map.entry("log", Claim.of(Logarithm::log, 1)), Map.entry("log1p", Claim.of(Logarithm::log1p, 1)),
            Map.entry("log2", Claim.of(Logarithm::log2, 2)), Map.entry("log10", Claim.of(Logarithm::log10, 2)),
            Map.entry("sin", Claim.of(Trigonometric::sin, 1)), Map.entry("cos", Claim.of(Trigonometric::cos, 1)),
            Map.entry("tan", Claim.of(Trigonometric::tan, 1)),
            Map.entry("asin", Claim.of(InverseTrigonometric::asin, 1)),
            Map.entry("acos", Claim.of(InverseTrigonometric::acos, 1)),
            Map.entry("atan", Claim.of(InverseTrigonometric::atan, 1)),
            Map.entry("erf", Claim.of(x -> ErrorFunction.erf(x, Elementary.gaussian(x)), 1)),
            Map.entry("erfc", Claim.of(x -> ErrorFunction.erfc(x, Elementary.gaussian(x)), 3)),
            Map.entry("normalCdf", Claim.of(x -> ErrorFunction.normalCdf(x, Elementary.halfGaussian(x)), 3.5)),
            Map.entry("cbrt", Claim.of(Power::cbrt, 1)), Map.entry("lgamma", Claim.of(Gamma::lgamma, 3)),
            Map.entry("digamma", Claim.of(x -> Gamma.polygamma(0, x), 3)),
            Map.entry("trigamma", Claim.of(x -> Gamma.polygamma(1, x), 2)),
            Map.entry("sigmoid", Claim.of(x -> Elementary.sigmoid(x, Elementary.expMinusAbs(x)), 2)),
            Map.entry("softplus", Claim.of(x -> Elementary.softplus(x, Elementary.expMinusAbs(x)), 3)),
            Map.entry("asinh", Claim.of(Elementary::asinh, 3)), Map.entry("acosh", Claim.of(Elementary::acosh, 3)),
            Map.entry("atanh", Claim.of(Elementary::atanh, 3)), Map.entry("pow", new Claim(null, Power::pow, 1)),
            Map.entry("atan2", new Claim(null, InverseTrigonometric::atan2, 2)),
            Map.entry("hypot", new Claim(null, Power::hypot, 1.3))));

    @Test
    void everyErrorIsWithinItsBound() throws IOException {
        Map<String, double[]> worst = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ElementaryErrorTest.class.getResourceAsStream("elementary.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                double[] numbers = new double[words.length - 1];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = Double.parseDouble(words[i + 1]);
                }
                Claim claim = CLAIMS.get(words[0]);
                double value = claim.function != null ? claim.function.applyAsDouble(numbers[0])
                        : claim.ofTwo.applyAsDouble(numbers[0], numbers[1]);
                double error = ulps(value, numbers[numbers.length - 2], numbers[numbers.length - 1]);
                assertTrue(error <= claim.ulps, line + " gives " + Double.toHexString(value) + ", " + error + " ulp");
                double[] seen = worst.computeIfAbsent(words[0], key -> new double[2]);
                seen[0] = Math.max(seen[0], error);
                seen[1]++;
            }
        }
        assertEquals(CLAIMS.keySet(), worst.keySet());
        worst.forEach((name, seen) -> {
            assertTrue(seen[1] >= 100, name);
            System.out.printf("%-9s worst of %4.0f points %.3f ulp, stated %.1f%n", name, seen[1], seen[0],
                    CLAIMS.get(name).ulps);
        });
    }

    /**
     * The distance from high + low in units of the last place of high; one binade down where the value lies just below
     * a power of 2.
     */
    private static double ulps(double value, double high, double low) {
        double ulp = Math.ulp(high);
        if (Math.getExponent(high) > Double.MIN_EXPONENT && Math.abs(high) == Math.scalb(1.0, Math.getExponent(high))
                && low * high < 0) {
            ulp /= 2;
        }
        return Math.abs((value - high) - low) / ulp;
    }

    private static void same(double expected, double actual) {
        assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(actual),
                "expected " + expected + ", was " + actual);
    }

    /** At zeros, infinities and NaN, and beyond a domain, as {@link Math}. */
    @Test
    void specialCases() {
        double[] edges = {0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, -1, 1, 2, -2, 0.5,
                4.9e-324, -4.9e-324,
            Double.MAX_VALUE, -Double.MAX_VALUE, 3, -3, 1e300, 2.5, -2.5};
        Map<String, DoubleUnaryOperator> reference =
                Map.ofEntries(Map.entry("exp", StrictMath::exp), Map.entry("expm1", StrictMath::expm1),
                Map.entry("tanh", StrictMath::tanh), Map.entry("sinh", StrictMath::sinh),
                Map.entry("cosh", StrictMath::cosh),
                Map.entry("log", StrictMath::log), Map.entry("log1p", StrictMath::log1p),
                Map.entry("log10", StrictMath::log10),
                Map.entry("sin", StrictMath::sin), Map.entry("cos", StrictMath::cos), Map.entry("tan", StrictMath::tan),
                Map.entry("asin", StrictMath::asin), Map.entry("acos", StrictMath::acos),
                Map.entry("atan", StrictMath::atan), Map.entry("cbrt", StrictMath::cbrt));
        reference.forEach((name, function) -> {
            for (double x : edges) {
                nearly(name + " " + x, function.applyAsDouble(x), CLAIMS.get(name).function.applyAsDouble(x));
            }
        });
        for (double x : edges) {
            for (double y : edges) {
                nearly("pow " + x + ", " + y, StrictMath.pow(x, y), Power.pow(x, y));
                nearly("atan2 " + x + ", " + y, StrictMath.atan2(x, y), InverseTrigonometric.atan2(x, y));
                nearly("hypot " + x + ", " + y, StrictMath.hypot(x, y), Power.hypot(x, y));
            }
        }
        same(Double.NEGATIVE_INFINITY, Logarithm.log2(0));
        same(Double.NaN, Logarithm.log2(-1));
        for (int k = -1074; k < 1024; k++) {
            same(k, Logarithm.log2(Math.scalb(1.0, k)));
            same(Math.scalb(1.0, k), Exponential.exp2(k));
        }
        same(0, Exponential.exp2(-2000));
        same(Double.POSITIVE_INFINITY, Exponential.exp2(1024));
        same(0, Exponential.exp(-800));
        same(Double.POSITIVE_INFINITY, Exponential.exp(709.79));
    }

    /** The same zero, infinity or NaN, or a number a few ulp away. */
    private static void nearly(String what, double expected, double actual) {
        if (expected == 0 || !Double.isFinite(expected)) {
            assertEquals(expected, actual, what);
        } else {
            assertEquals(expected, actual, 4 * Math.ulp(expected), what);
        }
    }

    /** A function rises, or falls where sign is -1, from one argument to another. */
    private record Branch(String name, int sign, double from, double to) {}

    private static final List<Branch> BRANCHES =
            List.of(new Branch("exp", 1, -745, 709), new Branch("exp2", 1, -1074, 1023),
            new Branch("expm1", 1, -40, 709), new Branch("log", 1, 0, 1e300), new Branch("log2", 1, 0, 1e300),
            new Branch("log10", 1, 0, 1e300),
            new Branch("log1p", 1, -1, 1e300), new Branch("sin", 1, -1.57, 1.57), new Branch("sin", -1, 1.58, 4.71),
            new Branch("cos", -1, 0, 3.14),
            new Branch("tan", 1, -1.57, 1.57), new Branch("asin", 1, -1, 1), new Branch("acos", -1, -1, 1),
            new Branch("atan", 1, -1e10, 1e10),
            new Branch("sinh", 1, -700, 700), new Branch("cosh", 1, 0, 700), new Branch("tanh", 1, -30, 30),
            new Branch("asinh", 1, -1e10, 1e10),
            new Branch("acosh", 1, 1, 1e10), new Branch("atanh", 1, -1, 1), new Branch("cbrt", 1, -1e10, 1e10),
            new Branch("erf", 1, -6, 6),
            new Branch("erfc", -1, -6, 26), new Branch("normalCdf", 1, -37, 9), new Branch("sigmoid", 1, -740, 40),
            new Branch("softplus", 1, -740, 1e6), new Branch("lgamma", -1, Double.MIN_VALUE, 1.4616321449683622),
            new Branch("lgamma", 1, 1.4616321449683625, 1e10), new Branch("digamma", 1, Double.MIN_VALUE, 1e10),
            new Branch("trigamma", -1, Double.MIN_VALUE, 1e10));
    /** Where functions change from one formula to another. */
    private static final double[] SEAMS =
            {0, 0.25, 0.3, 0.4375, 0.5, 0.6875, 1, 1.125, 1.1, 1.1875, 1.25, 1.75, 2, 2.4375, 3, 4, 10, 22, 708, 0x1p28,
        0.75, Math.sqrt(0.5), Math.sqrt(2), Math.sqrt(0.5) - 1, Math.sqrt(2) - 1, 0.5 * Math.log(2), 1.5 * Math.log(2),
        1.125 * Math.sqrt(2), Math.PI / 4};

    /** Neighbours on a branch are in its order, also where it changes from one formula to another. */
    @Test
    void monotone() {
        for (Branch branch : BRANCHES) {
            Random random = new Random(1);
            for (double seam : SEAMS) {
                assertMonotone(branch, seam - 30 * Math.ulp(seam));
                assertMonotone(branch, -seam - 30 * Math.ulp(seam));
            }
            for (int k = 0; k < 5_000; k++) {
                double size = Math.abs(random.nextGaussian() * (k % 2 == 0 ? 1
                        : Math.pow(2, 30 * random.nextDouble() - 25)));
                assertMonotone(branch, k % 3 == 0 ? -size : size);
            }
        }
    }

    private static void assertMonotone(Branch branch, double start) {
        DoubleUnaryOperator f = CLAIMS.get(branch.name).function;
        double x = start;
        for (int step = 0; step < 60; step++) {
            double next = Math.nextUp(x);
            if (x >= branch.from && next <= branch.to) {
                assertTrue(branch.sign * f.applyAsDouble(x) <= branch.sign * f.applyAsDouble(next),
                        branch.name + " at " + Double.toHexString(x));
            }
            x = next;
        }
    }
}

package hesse.kernel.function;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * Elementary functions of one double made of {@link Exponential}, {@link Logarithm} and arithmetic: the scalar
 * reference that every tier must equal bit for bit.
 *
 * <p>Only operations with one permitted result are used ({@code + - * / sqrt fma}), so the same argument gives the same
 * bits interpreted, compiled and on every machine; {@link Math} does not promise that.
 */
public final class Elementary {
    public static final double INVERSE_SQRT_2_PI = 0.3989422804014327;
    /** From here on sqrt(x^2 + 1) = x to the last bit. */
    static final double LARGE = 0x1p28;
    /** From here on a step of x is one of the last bits of softplus at least, and x + log(1 + exp(-x)) cannot fall. */
    static final double SOFTPLUS_BY_PARTS = 0.5;
    /** Between these a sum of squares neither overflows nor loses digits to underflow. */
    private static final double LEAST_UNSCALED = 0x1p-960;
    private static final double MOST_UNSCALED = 0x1p1020;

    private Elementary() {}

    public static double add(double a, double b) {
        return a + b;
    }

    public static double subtract(double a, double b) {
        return a - b;
    }

    public static double multiply(double a, double b) {
        return a * b;
    }

    public static double divide(double a, double b) {
        return a / b;
    }

    /** c - a b, rounded once. */
    public static double fnma(double a, double b, double c) {
        return fma(-a, b, c);
    }

    public static double negate(double x) {
        return -x;
    }

    public static double reciprocal(double x) {
        return 1 / x;
    }

    /** asinh x = sign(x) log(|x| + sqrt(x^2 + 1)), by log1p so that small x keeps its digits; below 3 ulp. */
    public static double asinh(double x) {
        double size = Math.abs(x);
        if (size > LARGE) {
            return Math.copySign(Logarithm.logOfTwice(size), x);
        }
        double root = Math.sqrt(fma(size, size, 1));
        return Math.copySign(Logarithm.log1p(size + (size < 2 ? size * size / (1 + root) : root - 1)), x);
    }

    /** acosh x = log(x + sqrt(x^2 - 1)), NaN below 1; below 3 ulp. */
    public static double acosh(double x) {
        if (x > LARGE) {
            return Logarithm.logOfTwice(x);
        }
        double excess = x - 1;
        return Logarithm.log1p(excess + Math.sqrt(fma(excess, excess, 2 * excess)));
    }

    /** atanh x = log((1 + x)/(1 - x))/2, NaN beyond 1; below 3 ulp. */
    public static double atanh(double x) {
        double size = Math.abs(x);
        return Math.copySign(0.5 * Logarithm.log1p(2 * size / (1 - size)), x);
    }

    /** exp(-|x|). */
    public static double expMinusAbs(double x) {
        return Exponential.exp(-Math.abs(x));
    }

    /**
     * 1/(1 + exp(-x)) without overflow, by e = exp(-|x|), the quotient corrected by what its rest is worth; below 2
     * ulp.
     */
    public static double sigmoid(double x, double e) {
        double above = x < 0 ? e : 1;
        double quotient = above / (1 + e);
        double rest = fma(-quotient, e, above - quotient);
        return fma(rest, x < 0 ? 1 - quotient : quotient, quotient);
    }

    /**
     * The slope of the sigmoid at x, e/(1 + e)^2 with e = exp(-|x|): keeps its digits where 1 - sigmoid has none; below
     * 4 ulp.
     */
    public static double sigmoidSlope(double x, double e) {
        return e / ((1 + e) * (1 + e));
    }

    /** 1/cosh^2 x, the slope of tanh, by e = exp(-|2x|); below 4 ulp. */
    public static double sechSquared(double x, double e) {
        return 4 * sigmoidSlope(x, e);
    }

    /**
     * log(1 + exp x) without overflow, by e = exp(-|x|), and by exp x itself where e does not show a step of x; below 3
     * ulp.
     */
    public static double softplus(double x, double e) {
        return x > 0 && x < SOFTPLUS_BY_PARTS ? Logarithm.log1p(1 / e) : Math.max(x, 0) + Logarithm.log1p(e);
    }

    /** exp(-x^2), the rounding of the square corrected; below 2 ulp. */
    public static double gaussian(double x) {
        double square = x * x;
        return Exponential.exp(-square, -fma(x, x, -square));
    }

    /** The normal density at x by e = exp(-x^2/2); below 3 ulp. */
    public static double normalDensity(double x, double e) {
        return INVERSE_SQRT_2_PI * e;
    }

    /** exp(-x^2/2), the rounding of the square corrected. */
    public static double halfGaussian(double x) {
        double square = x * x;
        return Exponential.exp(-0.5 * square, -0.5 * fma(x, x, -square));
    }

    /** x^n by repeated squaring, for a negative n 1/x^-n; error at most |n|/2 + 1 ulp. */
    public static double power(double x, int n) {
        if (n < 0) {
            return 1 / power(x, -n);
        }
        double result = (n & 1) == 1 ? x : 1;
        double square = x;
        for (int rest = n >> 1; rest != 0; rest >>= 1) {
            square *= square;
            if ((rest & 1) == 1) {
                result *= square;
            }
        }
        return result;
    }

    /** {@link #power} of an exponent that is an integer kept as a double. */
    public static double integerPower(double x, double n) {
        return power(x, (int) n);
    }

    /** x^2. */
    public static double square(double x) {
        return x * x;
    }

    /** -1, 0 or 1; keeps signed zeros and NaN. */
    public static double sign(double x) {
        return x > 0 ? 1 : x < 0 ? -1 : x;
    }

    /** v; w is what it is the root of. */
    public static double norm(double v, double w) {
        return v;
    }

    /** a b, where 0 times infinity is 0. */
    public static double strongProduct(double a, double b) {
        double product = a * b;
        return product == product ? product : Math.min(Math.abs(a), Math.abs(b));
    }

    /** v, but 0 where y is infinite and t is 0. */
    public static double unlessInfinite(double y, double t, double v) {
        return Math.abs(y) == Double.POSITIVE_INFINITY && t == 0 ? 0 : v;
    }

    /** v where x >= 0, else NaN. */
    public static double within(double x, double v) {
        return x >= 0 ? v : Double.NaN;
    }

    /**
     * What the terms of a sum of squares x are multiplied by where that over- or underflows: 2^-600 or 2^600; else 1.
     */
    public static double scale(double x) {
        return x > MOST_UNSCALED ? 0x1p-600 : x < LEAST_UNSCALED ? 0x1p600 : 1;
    }

    /** x where it is finite, else 0: the shift of a stable sum of exponentials. */
    public static double finiteOrZero(double x) {
        return Double.isFinite(x) ? x : 0;
    }

    /** condition != 0 ? a : b. */
    public static double select(double condition, double a, double b) {
        return condition != 0 ? a : b;
    }

    /** 1 or 0, as the other comparisons. */
    public static double less(double a, double b) {
        return a < b ? 1 : 0;
    }

    public static double lessOrEqual(double a, double b) {
        return a <= b ? 1 : 0;
    }

    public static double equal(double a, double b) {
        return a == b ? 1 : 0;
    }

    public static double notEqual(double a, double b) {
        return a != b ? 1 : 0;
    }
}

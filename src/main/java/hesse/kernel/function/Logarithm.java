package hesse.kernel.function;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * The logarithm and what is made of it. Results of {@link #log} and {@link #log1p} are within 1 ulp, of the others
 * within the bound that stands at each. Each has a usual range, computed without branches, and a plain path for the
 * rest.
 *
 * <p>x = 2^k m with m between sqrt(1/2) and sqrt(2), f = m - 1, s = f/(2 + f): log m = 2 s + s^3 p(s^2), put together
 * as f - f^2/2 + s (f^2/2 + s^2 p), whose first two terms are nearly exact. The coefficients are minimax (minimax.py,
 * "log").
 */
public final class Logarithm {
    static final double LN2_HIGH = Exponential.LN2_HIGH;
    static final double LN2_LOW = Exponential.LN2_LOW;
    static final double LOG2_E = Exponential.LOG2_E;
    static final double LOG2_E_LOW = 0x1.777d0ffda0d24p-56;
    static final double LOG10_E = 0x1.bcb7b1526e50ep-2;
    static final double LOG10_E_LOW = 0x1.95355baaafad3p-57;
    static final double LOG10_2 = 0x1.34413509f79ffp-2;
    static final double LOG10_2_LOW = -0x1.9dc1da994fd21p-59;
    /** The bits of sqrt(1/2). */
    static final long ROOT_HALF = 0x3fe6a09e667f3bcdL;
    /** 1023 in the place of an exponent. */
    static final long BIAS = 1023L << 52;
    /** A number whose last bits are an integer, less the number without it and less 1023. */
    static final long INTEGER = 0x4330000000000000L;
    static final double INTEGER_BIAS = 0x1p52 + 1023;
    static final double L0 = 0.6666666666666734;
    static final double L1 = 0.3999999999941475;
    static final double L2 = 0.28571428742397376;
    static final double L3 = 0.22222198570314136;
    static final double L4 = 0.18183564542003355;
    static final double L5 = 0.15314043856568194;
    static final double L6 = 0.1479602481265258;

    private Logarithm() {}

    /** k + 1023. */
    static long exponent(double x) {
        return (Double.doubleToRawLongBits(x) - ROOT_HALF + BIAS) >>> 52;
    }

    static double mantissa(double x, long exponent) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) - (exponent << 52) + BIAS);
    }

    static double toDouble(long exponent) {
        return Double.longBitsToDouble(exponent | INTEGER) - INTEGER_BIAS;
    }

    static boolean usual(double x) {
        return x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE;
    }

    /** s^2 p(s^2). */
    static double series(double s) {
        double z = s * s;
        double p = fma(L6, z, L5);
        p = fma(p, z, L4);
        p = fma(p, z, L3);
        p = fma(p, z, L2);
        p = fma(p, z, L1);
        p = fma(p, z, L0);
        return z * p;
    }

    /** log x. */
    public static double log(double x) {
        if (!usual(x)) {
            return x > 0 && x < 1 ? log(x * 0x1p54, 54) : atTheEdge(x);
        }
        return log(x, 0);
    }

    /** log 2x for x > 1, also where 2x is too large. */
    static double logOfTwice(double x) {
        return x == Double.POSITIVE_INFINITY ? x : log(x, -1);
    }

    /** log(x 2^-shift) for a usual x. */
    private static double log(double x, double shift) {
        long exponent = exponent(x);
        double k = toDouble(exponent) - shift;
        return log(k, mantissa(x, exponent) - 1, k * LN2_LOW);
    }

    /** k ln 2 + log(1 + f) + low. */
    private static double log(double k, double f, double low) {
        return log(k, f, f / (2 + f), low);
    }

    /** The same by s = f/(2 + f). */
    private static double log(double k, double f, double s, double low) {
        double half = 0.5 * f * f;
        return fma(k, LN2_HIGH, f - (half - fma(s, half + series(s), low)));
    }

    private static double atTheEdge(double x) {
        return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
    }

    /**
     * log(1 + x) = log u + lost/u, u = 1 + x rounded; 1/m = (1 - s)/(1 + s), of which 1 - 2 s + 2 s^2 is enough for
     * what was lost.
     */
    public static double log1p(double x) {
        if (!(x > -1 && x <= 0x1p1000)) {
            return x == -1 ? Double.NEGATIVE_INFINITY : x > 0 ? log(x) : Double.NaN;
        }
        double u = 1 + x;
        double lost = x - (u - 1);
        long exponent = exponent(u);
        double k = toDouble(exponent);
        double f = mantissa(u, exponent) - 1;
        double s = f / (2 + f);
        double unscale = Double.longBitsToDouble((2046 - exponent) << 52);
        double low = lost * unscale * fma(-2, s - s * s, 1);
        double result = log(k, f, s, fma(k, LN2_LOW, low));
        return x == 0 ? x : result;
    }

    /** log2 x; below 2 ulp, exact at powers of two. */
    public static double log2(double x) {
        if (!usual(x)) {
            return x > 0 && x < 1 ? log2(x * 0x1p54, 54) : atTheEdge(x);
        }
        return log2(x, 0);
    }

    private static double log2(double x, double shift) {
        long exponent = exponent(x);
        double log = log(0, mantissa(x, exponent) - 1, 0);
        return (toDouble(exponent) - shift) + fma(log, LOG2_E, log * LOG2_E_LOW);
    }

    /** log10 x; below 2 ulp. */
    public static double log10(double x) {
        if (!usual(x)) {
            return x > 0 && x < 1 ? log10(x * 0x1p54, 54) : atTheEdge(x);
        }
        return log10(x, 0);
    }

    private static double log10(double x, double shift) {
        long exponent = exponent(x);
        double k = toDouble(exponent) - shift;
        double log = log(0, mantissa(x, exponent) - 1, 0);
        return fma(k, LOG10_2, fma(log, LOG10_E, fma(k, LOG10_2_LOW, log * LOG10_E_LOW)));
    }
}

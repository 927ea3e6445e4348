package hesse.kernel.function;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * x^y and cube roots, within 1 ulp, and hypot. log x is computed with twice the digits, since x^y takes its error times
 * y log x. The coefficients are minimax (minimax.py, "longlog" and "cbrt").
 */
public final class Power {
    private static final double LN2_HIGH = Logarithm.LN2_HIGH;
    private static final double LN2_LOW = Logarithm.LN2_LOW;
    static final double TWO_THIRDS = 0x1.5555555555555p-1;
    static final double TWO_THIRDS_LOW = 0x1.5555555555555p-55;
    static final double L0 = 0.4;
    static final double L1 = 0.28571428571428376;
    static final double L2 = 0.22222222222290575;
    static final double L3 = 0.18181818169253952;
    static final double L4 = 0.1538461675309109;
    static final double L5 = 0.13333240443671585;
    static final double L6 = 0.11768673517845096;
    static final double L7 = 0.10422909356366211;
    static final double L8 = 0.11013270976567337;
    /** The least number whose cube root needs no scaling. */
    static final double LEAST_CUBE = 0x1p-900;
    /** Bits of a first inverse cube root, 20 fewer: this minus a third of the number's. */
    static final double ROOT_START = 0x1p52 * 11 / 6 + 0x1p32 * (1364 - 0.1009);
    static final double MINUS_THIRD = -1.0 / 3;
    static final double C0 = 1.915415970187944;
    static final double C1 = -2.0488059943329273;
    static final double C2 = 1.876237192845296;
    static final double C3 = -0.9343832049469979;
    static final double C4 = 0.1915359981898284;

    private Power() {}

    /** x^y, with the special cases of {@link Math#pow}. */
    public static double pow(double x, double y) {
        if (y == 0) {
            return 1;
        }
        double size = Math.abs(x);
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        if (Double.isInfinite(y)) {
            return size == 1 ? Double.NaN : size > 1 == y > 0 ? Double.POSITIVE_INFINITY : 0;
        }
        boolean negative = Double.doubleToRawLongBits(x) < 0;
        boolean odd = negative && odd(y);
        if (x == 0 || Double.isInfinite(x)) {
            double result = (x == 0) == (y > 0) ? 0.0 : Double.POSITIVE_INFINITY;
            return odd ? -result : result;
        }
        if (negative && y != Math.rint(y)) {
            return Double.NaN;
        }
        double result = size < Double.MIN_NORMAL ? positive(size * 0x1p54, 54, y) : positive(size, 0, y);
        return odd ? -result : result;
    }

    private static boolean odd(double y) {
        return Math.abs(y) < 0x1p53 && y == Math.rint(y) && ((long) y & 1) != 0;
    }

    /** (x 2^-shift)^y for a positive normal x. */
    private static double positive(double x, double shift, double y) {
        long exponent = Logarithm.exponent(x);
        double k = Logarithm.toDouble(exponent) - shift;
        double f = Logarithm.mantissa(x, exponent) - 1;
        double d = 2 + f;
        double dLow = f - (d - 2);
        double inverse = 1 / d;
        double s = f * inverse;
        double sLow = (fma(-s, d, f) - s * dLow) * inverse;
        double z = s * s;
        double zLow = fma(s, s, -z) + 2 * s * sLow;
        double p = fma(L8, z, L7);
        p = fma(p, z, L6);
        p = fma(p, z, L5);
        p = fma(p, z, L4);
        p = fma(p, z, L3);
        p = fma(p, z, L2);
        p = fma(p, z, L1);
        p = fma(p, z, L0);
        double third = z * TWO_THIRDS;
        double thirdLow = fma(z, TWO_THIRDS, -third) + fma(z, TWO_THIRDS_LOW, zLow * TWO_THIRDS);
        thirdLow = fma(z * z, p, thirdLow);
        double cube = s * third;
        double cubeLow = fma(s, third, -cube) + fma(s, thirdLow, sLow * third);
        double m = 2 * s + cube;
        double mLow = ((2 * s - m) + cube) + (cubeLow + 2 * sLow);
        double twos = k * LN2_HIGH;
        double twosLow = fma(k, LN2_HIGH, -twos) + k * LN2_LOW;
        double log = twos + m;
        double logLow = ((twos - log) + m) + (twosLow + mLow);
        double product = y * log;
        if (!(Math.abs(product) <= Double.MAX_VALUE)) {
            return product > 0 ? Double.POSITIVE_INFINITY : 0;
        }
        return Exponential.exp(product, fma(y, logLow, fma(y, log, -product)));
    }

    /** Whether the cube root of a number of this size needs no scaling. */
    static boolean isUsualCube(double size) {
        return size >= LEAST_CUBE && size <= Double.MAX_VALUE;
    }

    /**
     * The cube root y = x r^2 of the inverse cube root r, then two of Newton's steps with the slope r^2/3, the last
     * from an exact remainder. r starts from a third of the exponent and the mantissa at once (Kahan's way; Turkowski,
     * Computing the cube root, 1998).
     */
    public static double cbrt(double x) {
        double size = Math.abs(x);
        if (!isUsualCube(size)) {
            return size > 0 && size < 1 ? cbrt(x * 0x1p192) * 0x1p-64 : x;
        }
        double whole = Double.longBitsToDouble(Double.doubleToRawLongBits(size) >>> 20 | Logarithm.INTEGER);
        double start = Double.longBitsToDouble(Double.doubleToRawLongBits(fma(whole, MINUS_THIRD, ROOT_START)) << 20);
        double ratio = size * start * (start * start);
        double p = fma(C4, ratio, C3);
        p = fma(p, ratio, C2);
        p = fma(p, ratio, C1);
        p = fma(p, ratio, C0);
        double inverse = start * p;
        double square = inverse * inverse;
        double slope = square * MINUS_THIRD;
        double y = x * square;
        y = fma(fma(y * y, y, -x), slope, y);
        square = y * y;
        double remainder = fma(fma(y, y, -square), y, fma(square, y, -x));
        return fma(remainder, slope, y);
    }

    /** The root of x^2 + y^2, scaled where a square is out of range; below 1.3 ulp, infinite where x or y is. */
    public static double hypot(double x, double y) {
        double square = fma(x, x, y * y);
        if (square > 0x1p-960 && square < 0x1p1020) {
            return Math.sqrt(square);
        }
        double larger = Math.max(Math.abs(x), Math.abs(y));
        if (Double.isInfinite(x) || Double.isInfinite(y)) {
            return Double.POSITIVE_INFINITY;
        }
        if (larger == 0 || Double.isNaN(larger)) {
            return larger;
        }
        int exponent = Math.getExponent(larger);
        double a = Math.scalb(x, -exponent);
        double b = Math.scalb(y, -exponent);
        return Math.scalb(Math.sqrt(fma(a, a, b * b)), exponent);
    }

    /**
     * x/hypot(x, y), the cosine of the angle of the point (x, y): 0 at the origin, 1 or -1 where x alone is infinite;
     * below 2 ulp.
     */
    public static double directionCosine(double x, double y) {
        double radius = hypot(x, y);
        if (radius == 0) {
            return x;
        }
        return Double.isInfinite(x) && Math.abs(y) <= Double.MAX_VALUE ? Math.copySign(1, x) : x / radius;
    }
}

package hesse.kernel;

/**
 * Elementary functions of one double: the scalar reference that every tier must equal bit for bit.
 *
 * <p>Only operations with one permitted result are used ({@code + - * / sqrt fma} and {@link StrictMath}), so the same
 * argument gives the same bits interpreted, compiled and on every machine; {@link Math} does not promise that.
 * {@link StrictMath} is within 1 ulp (fdlibm); what is built on top of it states its own error. The table of operations uses
 * it too, but for sin, cos and tan, whose fdlibm versions allocate an array a call: these are {@link Math}'s, for which HotSpot
 * runs the same machine code interpreted and compiled.
 */
public final class Elementary {
    private static final double LN_2 = 0.6931471805599453;
    /** 1 / ln 2, rounded, and what the rounding lost. */
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LOG2_E_LOW = 2.0355273740931033e-17;
    private static final double INVERSE_SQRT_2_PI = 0.3989422804014327;
    /** From here on sqrt(x^2 + 1) = x to the last bit. */
    private static final double LARGE = 0x1p28;

    private Elementary() {}

    /** log2 x; error below 2 ulp away from x = 1, exact at powers of two. */
    public static double log2(double x) {
        if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
            return StrictMath.log(x);
        }
        int exponent = Math.getExponent(x);
        if (exponent < Double.MIN_EXPONENT) {
            return log2(x * 0x1p54) - 54;
        }
        double mantissa = x * Double.longBitsToDouble((1023L - exponent) << 52);
        if (exponent == Double.MAX_EXPONENT) {
            mantissa = x * 0x1p-1000 * 0x1p-23;
        }
        if (mantissa > 1.4142135623730951) {
            mantissa *= 0.5;
            exponent++;
        }
        double log = StrictMath.log(mantissa);
        return exponent + Math.fma(log, LOG2_E, log * LOG2_E_LOW);
    }

    /** asinh x = sign(x) log(|x| + sqrt(x^2 + 1)), by log1p so that small x keeps its digits; below 3 ulp. */
    public static double asinh(double x) {
        double size = Math.abs(x);
        double result = size > LARGE
                ? StrictMath.log(size) + LN_2
                : StrictMath.log1p(size + size * size / (1 + Math.sqrt(Math.fma(size, size, 1))));
        return Math.copySign(result, x);
    }

    /** acosh x = log(x + sqrt(x^2 - 1)), NaN below 1; below 3 ulp. */
    public static double acosh(double x) {
        if (x > LARGE) {
            return StrictMath.log(x) + LN_2;
        }
        double excess = x - 1;
        return StrictMath.log1p(excess + Math.sqrt(Math.fma(excess, excess, 2 * excess)));
    }

    /** atanh x = log((1 + x)/(1 - x))/2, NaN beyond 1; below 3 ulp. */
    public static double atanh(double x) {
        double size = Math.abs(x);
        return Math.copySign(0.5 * StrictMath.log1p(2 * size / (1 - size)), x);
    }

    /** 1/(1 + exp(-x)) without overflow; below 3 ulp. */
    public static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /** The slope of the sigmoid, exp(-|x|)/(1 + exp(-|x|))^2: keeps its digits where 1 - sigmoid has none; below 4 ulp. */
    public static double sigmoidSlope(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return e / ((1 + e) * (1 + e));
    }

    /** 1/cosh^2 x, the slope of tanh; below 4 ulp. */
    public static double sechSquared(double x) {
        return 4 * sigmoidSlope(2 * x);
    }

    /** log(1 + exp x) without overflow; below 3 ulp. */
    public static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    /** exp(-x^2), the rounding of the square corrected; below 2 ulp. */
    public static double gaussian(double x) {
        double square = x * x;
        return correctedExp(-square, -Math.fma(x, x, -square));
    }

    /** The normal density exp(-x^2/2)/sqrt(2 pi); below 3 ulp. */
    public static double normalDensity(double x) {
        return INVERSE_SQRT_2_PI * halfGaussian(x);
    }

    /** exp(-x^2/2), the rounding of the square corrected. */
    static double halfGaussian(double x) {
        double square = x * x;
        return correctedExp(-0.5 * square, -0.5 * Math.fma(x, x, -square));
    }

    /** exp(high + low) for a low that the sum would lose. */
    private static double correctedExp(double high, double low) {
        double e = StrictMath.exp(high);
        return e == 0 ? e : Math.fma(e, low, e);
    }

    /** x^n by repeated squaring, n >= 0; error at most n/2 ulp. */
    public static double power(double x, int n) {
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

    /** -1, 0 or 1; keeps signed zeros and NaN. */
    public static double sign(double x) {
        return x > 0 ? 1 : x < 0 ? -1 : x;
    }

    /** x where it is finite, else 0: the shift of a stable sum of exponentials. */
    public static double finiteOrZero(double x) {
        return Double.isFinite(x) ? x : 0;
    }
}

package hesse.kernel.function;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * The exponential and what is made of it. Results of {@link #exp}, {@link #expm1} and {@link #tanh} are within 1 ulp,
 * of the others within the bound that stands at each. Each has a usual range, computed without branches by operations
 * that a vector does in the same way, and a plain path for the rest.
 *
 * <p>exp x = 2^k e^r with k the integer next to x / ln 2; the coefficients are minimax (minimax.py, "exp").
 */
public final class Exponential {
    static final double LOG2_E = 0x1.71547652b82fep+0;
    static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
    static final double LN2_LOW = 0x1.abc9e3b39803fp-56;
    /** Added, it rounds a small number to the next integer, which its last bits then hold. */
    static final double ROUND = 0x1.8p52;
    /** Up to this size of x, exp x is a normal number. */
    static final double USUAL = 708;
    /** From here on tanh x is 1 to the last bit. */
    static final double TANH_ONE = 22;
    static final double P0 = 0.5;
    static final double P1 = 0.16666666666666677;
    static final double P2 = 0.0416666666666667;
    static final double P3 = 0.008333333333321627;
    static final double P4 = 0.0013888888888866917;
    static final double P5 = 0.0001984126988613213;
    static final double P6 = 2.4801587360308257e-05;
    static final double P7 = 2.7557244208182484e-06;
    static final double P8 = 2.7557243015200774e-07;
    static final double P9 = 2.5109035653828502e-08;
    static final double P10 = 2.0924356744098754e-09;

    private Exponential() {}

    /** (e^r - 1 - r)/r^2 for |r| up to ln(2)/2. */
    static double tail(double r) {
        double p = fma(P10, r, P9);
        p = fma(p, r, P8);
        p = fma(p, r, P7);
        p = fma(p, r, P6);
        p = fma(p, r, P5);
        p = fma(p, r, P4);
        p = fma(p, r, P3);
        p = fma(p, r, P2);
        p = fma(p, r, P1);
        return fma(p, r, P0);
    }

    /** e^x. */
    public static double exp(double x) {
        return exp(x, 0);
    }

    /** e^(x + low) for a low far below x. */
    static double exp(double x, double low) {
        if (!(Math.abs(x) <= USUAL)) {
            return unusual(x, low);
        }
        double t = fma(x, LOG2_E, ROUND);
        double k = t - ROUND;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(reduced(x, low, k))
                + (Double.doubleToRawLongBits(t) << 52));
    }

    /** e^r, r = x + low - k ln 2, between sqrt(1/2) and sqrt(2). */
    private static double reduced(double x, double low, double k) {
        double first = fma(-k, LN2_HIGH, x);
        double rest = fma(-k, LN2_LOW, low);
        double r = first + rest;
        double lost = (first - r) + rest;
        return 1 + (r + fma(r * r, tail(r), lost));
    }

    /** Overflow, underflow, subnormal results, NaN. */
    private static double unusual(double x, double low) {
        if (!(x <= 710)) {
            return x > 710 ? Double.POSITIVE_INFINITY : x;
        }
        if (x < -746) {
            return 0;
        }
        double k = Math.rint(x * LOG2_E);
        int half = (int) k / 2;
        return reduced(x, low, k) * power2(half) * power2((int) k - half);
    }

    private static double power2(int k) {
        return Double.longBitsToDouble((1023L + k) << 52);
    }

    /** 2^x; below 1.1 ulp, exact for integers. */
    public static double exp2(double x) {
        if (!(Math.abs(x) <= 1100)) {
            return x > 0 ? Double.POSITIVE_INFINITY : x < 0 ? 0 : x;
        }
        double k = Math.rint(x);
        double f = x - k;
        double r = f * LN2_HIGH;
        double lost = fma(f, LN2_HIGH, -r) + f * LN2_LOW;
        int half = (int) k / 2;
        return (1 + (r + fma(r * r, tail(r), lost))) * power2(half) * power2((int) k - half);
    }

    /** e^x - 1. */
    public static double expm1(double x) {
        if (!(Math.abs(x) <= USUAL)) {
            return x < -USUAL ? -1 : exp(x);
        }
        double t = fma(x, LOG2_E, ROUND);
        double k = t - ROUND;
        double scale = Double.longBitsToDouble(Double.doubleToRawLongBits(1.0) + (Double.doubleToRawLongBits(t) << 52));
        double first = fma(-k, LN2_HIGH, x);
        double r = fma(-k, LN2_LOW, first);
        double low = fma(r * r, tail(r), fma(-k, LN2_LOW, first - r));
        double minus = 1 - scale;
        double high = scale * r;
        double sum = high - minus;
        double other = sum - high;
        double lost = (high - (sum - other)) - (minus + other);
        double result = sum + fma(scale, low, lost);
        return x == 0 ? x : result;
    }

    /** tanh x = y/(y + 2), y = e^2x - 1 with what its rounding loses, for |x|. */
    public static double tanh(double x) {
        double size = Math.abs(x);
        double twice = 2 * (size > TANH_ONE ? TANH_ONE : size);
        double t = fma(twice, LOG2_E, ROUND);
        double k = t - ROUND;
        double scale = Double.longBitsToDouble(Double.doubleToRawLongBits(1.0) + (Double.doubleToRawLongBits(t) << 52));
        double first = fma(-k, LN2_HIGH, twice);
        double r = fma(-k, LN2_LOW, first);
        double low = fma(r * r, tail(r), fma(-k, LN2_LOW, first - r));
        double minus = 1 - scale;
        double high = scale * r;
        double sum = high - minus;
        double other = sum - high;
        double rest = fma(scale, low, (high - (sum - other)) - (minus + other));
        double y = sum + rest;
        double yLow = rest - (y - sum);
        double d = y + 2;
        double dOther = d - y;
        double dLow = (y - (d - dOther)) + (2 - dOther) + yLow;
        double inverse = 1 / d;
        double q = y * inverse;
        double remainder = fma(-q, d, y) + fma(-q, dLow, yLow);
        return Math.copySign(fma(remainder, inverse, q), x);
    }

    /** sinh x = (y + y/(y + 1))/2, y = e^|x| - 1; below 2.5 ulp. */
    public static double sinh(double x) {
        double size = Math.abs(x);
        if (size > USUAL) {
            double root = exp(0.5 * size);
            return Math.copySign(0.5 * root * root, x);
        }
        double y = expm1(size);
        return Math.copySign(0.5 * (y + y / (y + 1)), x);
    }

    /** cosh x = (e^|x| + e^-|x|)/2; below 2 ulp. */
    public static double cosh(double x) {
        double size = Math.abs(x);
        if (size > USUAL) {
            double root = exp(0.5 * size);
            return 0.5 * root * root;
        }
        double e = exp(size);
        return 0.5 * (e + 1 / e);
    }
}

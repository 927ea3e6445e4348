package hesse.kernel.function;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * asin, acos and atan within 1 ulp, atan2 below 2 ulp. The coefficients are minimax (minimax.py, "asin" and "atan").
 */
public final class InverseTrigonometric {
    static final double PI_HIGH = 0x1.921fb54442d18p+1;
    static final double PI_LOW = 0x1.1a62633145c07p-53;
    static final double PIO2_HIGH = 0x1.921fb54442d18p+0;
    static final double PIO2_LOW = 0x1.1a62633145c07p-54;
    /**
     * Minus half of the bits of z these are -1/(2 sqrt z) within 3.5 % (Lomont, Fast inverse square root, 2003): enough
     * for what a root lost.
     */
    static final long INVERSE_ROOT = Long.MIN_VALUE + 0x5fe6eb50c7b537a9L - (1L << 52);
    static final double A0 = 0.16666666666666763;
    static final double A1 = 0.074999999999703;
    static final double A2 = 0.04464285717509254;
    static final double A3 = 0.030381942684663037;
    static final double A4 = 0.02237221563804094;
    static final double A5 = 0.01735160038723261;
    static final double A6 = 0.01398095891243893;
    static final double A7 = 0.011397790229092847;
    static final double A8 = 0.010786478344061781;
    static final double A9 = 0.0036831461778453114;
    static final double A10 = 0.02176341427565474;
    static final double A11 = -0.021077361344265258;
    static final double A12 = 0.0326770267199792;
    static final double T0 = -0.3333333333333293;
    static final double T1 = 0.19999999999876142;
    static final double T2 = -0.14285714272480102;
    static final double T3 = 0.1111111040462245;
    static final double T4 = -0.09090887115324835;
    static final double T5 = 0.07691875955950125;
    static final double T6 = -0.06661070898262782;
    static final double T7 = 0.05833557029208337;
    static final double T8 = -0.04976829872737184;
    static final double T9 = 0.0365305658253515;
    static final double T10 = -0.016284904112661765;
    /** Where atan starts from another point: 1/2, 1, 3/2, infinity, and atan there. */
    static final double BOUND_1 = 0.4375;
    static final double BOUND_2 = 0.6875;
    static final double BOUND_3 = 1.1875;
    static final double BOUND_4 = 2.4375;
    static final double AT_1 = 0x1.dac670561bb4fp-2;
    static final double AT_1_LOW = 0x1.a2b7f222f65e2p-56;
    static final double AT_2 = 0x1.921fb54442d18p-1;
    static final double AT_2_LOW = 0x1.1a62633145c07p-55;
    static final double AT_3 = 0x1.f730bd281f69bp-1;
    static final double AT_3_LOW = 0x1.007887af0cbbdp-56;

    private InverseTrigonometric() {}

    /** (asin t - t)/t for z = t^2 up to 1/4. */
    private static double asinSeries(double z) {
        double p = fma(A12, z, A11);
        p = fma(p, z, A10);
        p = fma(p, z, A9);
        p = fma(p, z, A8);
        p = fma(p, z, A7);
        p = fma(p, z, A6);
        p = fma(p, z, A5);
        p = fma(p, z, A4);
        p = fma(p, z, A3);
        p = fma(p, z, A2);
        p = fma(p, z, A1);
        p = fma(p, z, A0);
        return z * p;
    }

    /** -1/(2 sqrt z), roughly. */
    private static double inverseRoot(double z) {
        return Double.longBitsToDouble(INVERSE_ROOT - (Double.doubleToRawLongBits(z) >>> 1));
    }

    /** asin x; from 1/2 on pi/2 - 2 asin sqrt((1 - |x|)/2), with what the root lost, (z - t^2)/(2 t). */
    public static double asin(double x) {
        double size = Math.abs(x);
        boolean large = size > 0.5;
        double w = 1 - size;
        double z = large ? 0.5 * w : x * x;
        double series = asinSeries(z);
        double t = Math.sqrt(z);
        double u = -2 * t;
        double inner = fma(u, series, fma(fma(u, t, w), inverseRoot(z), PIO2_LOW));
        double high = PIO2_HIGH + u;
        double low = PIO2_HIGH - high + u;
        return Math.copySign(large ? high + (low + inner) : fma(size, series, size), x);
    }

    /** acos x = pi/2 - asin x, 2 asin sqrt((1 - x)/2) or pi - 2 asin sqrt((1 + x)/2). */
    public static double acos(double x) {
        double size = Math.abs(x);
        boolean large = size > 0.5;
        boolean right = x > 0.5;
        double w = 1 - size;
        double z = large ? 0.5 * w : x * x;
        double series = asinSeries(z);
        double t = Math.sqrt(z);
        double u = right ? 2 * t : large ? -2 * t : -x;
        double base = right ? 0 : large ? PI_HIGH : PIO2_HIGH;
        double baseLow = right ? 0 : large ? PI_LOW : PIO2_LOW;
        double inner = large ? fma(fma(u, t, right ? -w : w), inverseRoot(z), baseLow) : baseLow;
        double high = base + u;
        double low = base - high + u;
        return high + (low + fma(u, series, inner));
    }

    /** atan x = atan c + atan((x - c)/(1 + c x)). */
    public static double atan(double x) {
        double size = Math.abs(x);
        double c = size > BOUND_1 ? 0.5 : 0;
        double at = size > BOUND_1 ? AT_1 : 0;
        double atLow = size > BOUND_1 ? AT_1_LOW : 0;
        c = size > BOUND_2 ? 1 : c;
        at = size > BOUND_2 ? AT_2 : at;
        atLow = size > BOUND_2 ? AT_2_LOW : atLow;
        c = size > BOUND_3 ? 1.5 : c;
        at = size > BOUND_3 ? AT_3 : at;
        atLow = size > BOUND_3 ? AT_3_LOW : atLow;
        at = size > BOUND_4 ? PIO2_HIGH : at;
        atLow = size > BOUND_4 ? PIO2_LOW : atLow;
        double n = size > BOUND_4 ? -1 : size - c;
        double d = size > BOUND_4 ? size : fma(size, c, 1);
        double t = n / d;
        return Math.copySign(at + (t + fma(t, atanSeries(t), atLow)), x);
    }

    /** (atan t - t)/t. */
    private static double atanSeries(double t) {
        double z = t * t;
        double p = fma(T10, z, T9);
        p = fma(p, z, T8);
        p = fma(p, z, T7);
        p = fma(p, z, T6);
        p = fma(p, z, T5);
        p = fma(p, z, T4);
        p = fma(p, z, T3);
        p = fma(p, z, T2);
        p = fma(p, z, T1);
        p = fma(p, z, T0);
        return z * p;
    }

    /** The angle of the point (x, y), as {@link Math#atan2}. */
    public static double atan2(double y, double x) {
        double a = Math.abs(y);
        double b = Math.abs(x);
        double angle;
        if (a == 0 && b == 0) {
            angle = 0;
        } else if (a == Double.POSITIVE_INFINITY && b == Double.POSITIVE_INFINITY) {
            angle = AT_2;
        } else {
            double ratio = atan(Math.min(a, b) / Math.max(a, b));
            angle = a > b ? PIO2_HIGH - (ratio - PIO2_LOW) : ratio;
        }
        boolean left = Double.doubleToRawLongBits(x) < 0;
        return Math.copySign(left ? PI_HIGH - (angle - PI_LOW) : angle, y);
    }
}

package hesse.kernel.function;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * The error functions. Results of {@link #erf} are within 1 ulp, of the others within the bound that stands at each
 * where they are normal numbers. Each reads the exponential of which its tail is made. The coefficients are minimax
 * (minimax.py, "erf" and "erfc").
 */
public final class ErrorFunction {
    /** Below this erf x = x + x p(x^2 - MIDDLE). */
    static final double SMALL = 1.125;
    /** Errors are smallest near its root, where erf rises so slowly that they would show as falls. */
    static final double MIDDLE = 0.90625;
    /** erfc x = exp(-x^2) p(t)/(1 + 2x), t = (x - CENTRE)/(x + CENTRE), up to FAR, beyond which it is 0. */
    static final double CENTRE = 3.75;
    static final double FAR = 28;
    static final double INVERSE_SQRT_2 = 0.7071067811865476;
    static final double ERF_0 = -0.1367480449558113;
    static final double ERF_1 = -0.224742377377534;
    static final double ERF_2 = 0.06022640995453619;
    static final double ERF_3 = -0.013458179631995732;
    static final double ERF_4 = 0.002513497666584194;
    static final double ERF_5 = -0.00040004183878058683;
    static final double ERF_6 = 5.528646064595099e-05;
    static final double ERF_7 = -6.740544674187525e-06;
    static final double ERF_8 = 7.345208172037091e-07;
    static final double ERF_9 = -7.231580746773957e-08;
    static final double ERF_10 = 6.490732850819244e-09;
    static final double ERF_11 = -5.351628949300427e-10;
    static final double ERF_12 = 4.0796617011526836e-11;
    static final double ERF_13 = -2.8915333479084248e-12;
    static final double ERF_14 = 1.9182702211583436e-13;
    static final double ERF_15 = -1.149512472421269e-14;
    static final double ERF_16 = 9.0543110628625e-16;
    static final double ERFC_0 = 1.2375126308378275;
    static final double ERFC_1 = -0.140240598585547;
    static final double ERFC_2 = 0.0035854154854629574;
    static final double ERFC_3 = 0.08227673849014835;
    static final double ERFC_4 = -0.10880393014166134;
    static final double ERFC_5 = 0.09230432116030839;
    static final double ERFC_6 = -0.05869339859167199;
    static final double ERFC_7 = 0.02836227741931933;
    static final double ERFC_8 = -0.009746579533673007;
    static final double ERFC_9 = 0.0017556258575760837;
    static final double ERFC_10 = 0.00029371349509823376;
    static final double ERFC_11 = -0.00029015415872661555;
    static final double ERFC_12 = 5.164984255632673e-05;
    static final double ERFC_13 = 2.238474236719748e-05;
    static final double ERFC_14 = -1.1446213455596818e-05;
    static final double ERFC_15 = -9.753795372858546e-07;
    static final double ERFC_16 = 1.7552401792987488e-06;
    static final double ERFC_17 = -5.322768536756065e-08;
    static final double ERFC_18 = -2.622986734789667e-07;
    static final double ERFC_19 = 1.7986540169279432e-08;
    static final double ERFC_20 = 4.023025322692407e-08;
    static final double ERFC_21 = 1.352080518081195e-10;
    static final double ERFC_22 = -4.820923657255213e-09;
    static final double ERFC_23 = -9.086527367299446e-10;

    private ErrorFunction() {}

    /**
     * (2/sqrt pi) int_0^x exp(-t^2) dt.
     *
     * @param e {@link Elementary#gaussian} of x
     */
    public static double erf(double x, double e) {
        double size = Math.abs(x);
        return size < SMALL ? fma(x, series(x), x) : Math.copySign(1 - e * scaled(size), x);
    }

    /**
     * 1 - erf(x) without cancellation; below 3 ulp.
     *
     * @param e {@link Elementary#gaussian} of x
     */
    public static double erfc(double x, double e) {
        double size = Math.abs(x);
        if (size < SMALL) {
            double p = series(x);
            double erf = fma(x, p, x);
            return 1 - erf - fma(x, p, x - erf); // the rest, with the digits that 1 - erf makes count
        }
        double tail = e * scaled(size);
        return x < 0 ? 2 - tail : tail;
    }

    /**
     * The standard normal distribution function erfc(-x/sqrt 2)/2; below 3.5 ulp.
     *
     * @param e {@link Elementary#halfGaussian} of x
     */
    public static double normalCdf(double x, double e) {
        double z = x * INVERSE_SQRT_2;
        double size = Math.abs(z);
        if (size < SMALL) {
            double p = series(z);
            double erf = fma(z, p, z);
            return fma(0.5, fma(z, p, z - erf), fma(0.5, erf, 0.5));
        }
        double tail = 0.5 * e * scaled(size);
        return x < 0 ? tail : 1 - tail;
    }

    /** erf(x)/x - 1 where x is small. */
    private static double series(double x) {
        double w = fma(x, x, -MIDDLE);
        double p = fma(ERF_16, w, ERF_15);
        p = fma(p, w, ERF_14);
        p = fma(p, w, ERF_13);
        p = fma(p, w, ERF_12);
        p = fma(p, w, ERF_11);
        p = fma(p, w, ERF_10);
        p = fma(p, w, ERF_9);
        p = fma(p, w, ERF_8);
        p = fma(p, w, ERF_7);
        p = fma(p, w, ERF_6);
        p = fma(p, w, ERF_5);
        p = fma(p, w, ERF_4);
        p = fma(p, w, ERF_3);
        p = fma(p, w, ERF_2);
        p = fma(p, w, ERF_1);
        p = fma(p, w, ERF_0);
        return p;
    }

    /** exp(x^2) erfc(x) for x >= 0. */
    private static double scaled(double x) {
        double near = Math.min(x, FAR);
        double t = (near - CENTRE) / (near + CENTRE);
        double p = fma(ERFC_23, t, ERFC_22);
        p = fma(p, t, ERFC_21);
        p = fma(p, t, ERFC_20);
        p = fma(p, t, ERFC_19);
        p = fma(p, t, ERFC_18);
        p = fma(p, t, ERFC_17);
        p = fma(p, t, ERFC_16);
        p = fma(p, t, ERFC_15);
        p = fma(p, t, ERFC_14);
        p = fma(p, t, ERFC_13);
        p = fma(p, t, ERFC_12);
        p = fma(p, t, ERFC_11);
        p = fma(p, t, ERFC_10);
        p = fma(p, t, ERFC_9);
        p = fma(p, t, ERFC_8);
        p = fma(p, t, ERFC_7);
        p = fma(p, t, ERFC_6);
        p = fma(p, t, ERFC_5);
        p = fma(p, t, ERFC_4);
        p = fma(p, t, ERFC_3);
        p = fma(p, t, ERFC_2);
        p = fma(p, t, ERFC_1);
        p = fma(p, t, ERFC_0);
        return p / fma(2, near, 1);
    }
}

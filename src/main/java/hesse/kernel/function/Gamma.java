package hesse.kernel.function;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * The logarithm of the gamma function and its derivatives, in plain doubles.
 *
 * <p>Minimax polynomials: between small integers of the argument, beyond them of 1/x^2 in the place of Stirling's
 * series (Abramowitz and Stegun 6.1.40, 6.4.11; the higher derivatives by recurrence and that series itself);
 * reflection for negative arguments. {@link #lgamma} and digamma are monotone where the functions are: each is a sum of
 * few rounded terms, and no term falls where the sum rises unless another makes up for it.
 */
public final class Gamma {
    static final double HALF_LOG_2_PI = 0.9189385332046728;
    /** The positive root of digamma, less 1. */
    static final double DIGAMMA_ROOT = 0.46163214496836236;
    static final double DIGAMMA_ROOT_LOW = -1.5522348162858677e-17;
    /** What lgamma is at that root, its least value. */
    static final double LEAST = -0.12148629053584961;
    static final double LEAST_LOW = 3.364991468473138e-18;
    /** From here on lgamma is a series, and from 3 on its polynomials are reached by one step. */
    static final double LGAMMA_FAR_FROM = 4;
    /** From here on digamma and its slope are series. */
    static final double DIGAMMA_FAR_FROM = 2;
    /** From here on Stirling's series with twelve terms is exact to rounding. */
    private static final double STIRLING_FROM = 10;

    /** log Gamma(1 + w)/w in powers of w - 1/8, w to 1/4 (minimax.py, "lgammaone"): the constant, the others. */
    static final double LGAMMA_ONE_0 = -0.48018547300831665;
    static final double[] LGAMMA_ONE = {
        0.7335424776996936, -0.31580604164541926, 0.18866417565040633, -0.1281737173363163,
        0.09302766710778393, -0.07022575730363037, 0.05439851320467882, -0.042912833446410364,
        0.03430011249591466, -0.027724451187836594, 0.023401116551046125, -0.019130675552116408,
    };
    /** (log Gamma(root + d) - log Gamma(root))/d^2 in powers of d, from 5/4 to 7/4 (minimax.py, "lgammaleast"). */
    static final double[] LGAMMA_LEAST = {
        0.48383612272381005, -0.14758772299451803, 0.06462494023915355, -0.03278854109237688,
        0.01797067508301468, -0.01031422259252988, 0.006100537756751152, -0.003684594414699333,
        0.00225973048150176, -0.0014015256326820173, 0.000878026561798103, -0.0005646964285849318,
        0.0003676115174294654, -0.00017045783221273197,
    };
    /** log Gamma(2 + v)/v in powers of v, v from -1/4 to 1 (minimax.py, "lgammatwo"). */
    static final double[] LGAMMA_TWO = {
        0.42278433509846713, 0.32246703342411354, -0.06735230105319788, 0.020580808427712288,
        -0.0073855510285824365, 0.0028905103352519575, -0.001192753925075763, 0.0005096694225949962,
        -0.0002231542333059386, 9.945784035730614e-05, -4.493336176577305e-05, 2.0522558142827845e-05,
        -9.428893725085193e-06, 4.2612939203412265e-06, -1.7761148617803806e-06, 6.063785338492427e-07,
        -1.419299286153326e-07, 1.6321294346094964e-08,
    };
    /** (log Gamma(x) - (x - 1/2)(log x - 1) - log(2 pi)/2 + 1/2) x in powers of 1/x^2 (minimax.py, "lgammafar"). */
    static final double[] LGAMMA_FAR = {
        0.08333333333332063, -0.0027777777721051857, 0.0007936498753545951, -0.0005951631341720908,
        0.0008382295519508072, -0.0018162104213224233, 0.004570864180875434, -0.007937418545711547,
    };
    /** digamma(x)/(x - root) in powers of x - 3/2, x from 1 to 2 (minimax.py, "digamma"). */
    static final double[] DIGAMMA = {
        0.9510558760318328, -0.4236274212814606, 0.24054248424078778, -0.14840492305388006,
        0.09498872445276275, -0.061922133275561814, 0.040760833948821795, -0.026975796656850615,
        0.017907248061762568, -0.01190822017030515, 0.007927026572704323, -0.005279936409254603,
        0.0035180509316061087, -0.002345501708483986, 0.0015637857444063404, -0.0010364222755289692,
        0.0006889264874869942, -0.0004860656584829911, 0.00032992225792830037, -0.00014460113971846508,
        8.648657792889763e-05, -0.00017837550928816048, 0.00012612616062218442,
    };
    /** (log x - 1/(2x) - digamma(x)) x^2 in powers of 1/x^2 (minimax.py, "digammafar"). */
    static final double[] DIGAMMA_FAR = {
        0.08333333333331819, -0.008333333326756372, 0.003968252916660754, -0.004166578105835652,
        0.007571144805869069, -0.020929363789200458, 0.07912129767656294, -0.35973795492831223,
        1.7049445805192371, -7.458602246494945, 27.60465165413866, -81.07664228398517,
        178.28138986347201, -273.11570970559757, 258.51848151765694, -113.4484576942817,
    };
    /** trigamma(x) in powers of x - 3/2, x from 1 to 2 (minimax.py, "trigamma"). */
    static final double[] TRIGAMMA = {
        0.9348022005446793, -0.82879664423432, 0.7045455170012297, -0.5790416377778624,
        0.4630645250993577, -0.3621493650254165, 0.27808081348911284, -0.21030987305220983,
        0.15705319572205578, -0.11604072428832463, 0.08496893182588504, -0.06174042003115575,
        0.044564583127829904, -0.031985355854344255, 0.022861527053786905, -0.01625231340799347,
        0.01138962029910033, -0.008052522419633517, 0.0061760044180043565, -0.00429706486538828,
        0.0016546217787414116, -0.0012147807347923803, 0.0029111083531055777, -0.0019838717992494395,
    };
    /** (trigamma(x) - 1/x - 1/(2x^2)) x^3 in powers of 1/x^2 (minimax.py, "trigammafar"). */
    static final double[] TRIGAMMA_FAR = {
        0.16666666666665342, -0.03333333332465233, 0.023809521803288186, -0.033333095193629134,
        0.0757403740172899, -0.2522778401834881, 1.137405120998069, -6.3119276523953465,
        38.28887003992004, -226.36567017833207, 1195.5758687600337, -5314.959393411,
        19042.1647600202, -52889.069200815, 108883.89754374276, -155685.14087310503,
        137602.1131392783, -56509.4972748717,
    };
    /** The Bernoulli numbers B_2, B_4, ... */
    private static final double[] BERNOULLI = {
        0.16666666666666666, -0.03333333333333333, 0.023809523809523808, -0.03333333333333333,
        0.07575757575757576, -0.2531135531135531, 1.1666666666666667, -7.092156862745098,
        54.971177944862156, -529.1242424242424, 6192.123188405797, -86580.25311355312,
    };

    private Gamma() {}

    /** log |Gamma(x)|; below 3 ulp for positive x, for negative ones an error below 1e-15 max(1, |result|). */
    public static double lgamma(double x) {
        if (x <= 0) {
            return x == Math.floor(x)
                    ? Double.POSITIVE_INFINITY
                    : Logarithm.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
        }
        if (x < 0.5) {
            return lgammaOfOneAnd(x) + Exponential.LN2_HIGH - Logarithm.log(2 * x);
        }
        if (x < 1) {
            return lgammaOfOneAnd(x) - Logarithm.log(x);
        }
        if (x < LGAMMA_FAR_FROM) {
            return x < 3 ? lgammaOfOneAnd(x - 1) + 0.0 : lgammaOfOneAnd(x - 2) + Logarithm.log(x - 1);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        double inverse = 1 / x;
        double rest = fma(horner(LGAMMA_FAR, inverse * inverse), inverse, HALF_LOG_2_PI - 0.5);
        return fma(x - 0.5, Logarithm.log(x) - 1, rest);
    }

    /** log Gamma(1 + w) for w from 0 to 2. */
    private static double lgammaOfOneAnd(double w) {
        if (w < 0.25) {
            double t = w - 0.125;
            return fma(w, LGAMMA_ONE_0, w * (t * horner(LGAMMA_ONE, t)));
        }
        if (w < 0.75) {
            double d = w - DIGAMMA_ROOT - DIGAMMA_ROOT_LOW;
            return LEAST + fma(d * d, horner(LGAMMA_LEAST, d), LEAST_LOW);
        }
        return (w - 1) * horner(LGAMMA_TWO, w - 1);
    }

    /** digamma(x) for positive x. */
    private static double digamma(double x) {
        if (x < 1) {
            return digammaOfOneAnd(x) - 1 / x;
        }
        if (x < DIGAMMA_FAR_FROM) {
            return digammaOfOneAnd(x - 1);
        }
        double inverse = 1 / x;
        double square = inverse * inverse;
        return fma(-square, horner(DIGAMMA_FAR, square), Logarithm.log(x) - 0.5 * inverse);
    }

    /** digamma(1 + w) for w from 0 to 1. */
    private static double digammaOfOneAnd(double w) {
        return (w - DIGAMMA_ROOT - DIGAMMA_ROOT_LOW) * horner(DIGAMMA, w - 0.5);
    }

    /** The slope of digamma at positive x. */
    private static double trigamma(double x) {
        double inverse = 1 / x;
        double square = inverse * inverse;
        if (x < 1) {
            return horner(TRIGAMMA, x - 0.5) + square;
        }
        if (x < DIGAMMA_FAR_FROM) {
            return horner(TRIGAMMA, x - 1 - 0.5);
        }
        return inverse + fma(square * inverse, horner(TRIGAMMA_FAR, square), 0.5 * square);
    }

    private static double horner(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = fma(sum, x, coefficients[i]);
        }
        return sum;
    }

    /**
     * The polygamma function: order 0 is digamma, the slope of {@link #lgamma}, order m its m-th derivative. For
     * positive x digamma is below 3 ulp, also near its root, and order 1 below 2; else the error is below 4e-15 max(1,
     * |result|). At the poles 0, -1, -2, ... the limit where there is one: odd orders are positive infinite, even ones
     * at +0 negative, at -0 positive, elsewhere NaN.
     */
    public static double polygamma(int order, double x) {
        if (x <= 0) {
            return x == Math.floor(x) ? pole(order, x) : polygammaNegative(order, x);
        }
        if (order <= 1) {
            return order == 0 ? digamma(x) : trigamma(x);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return 0;
        }
        double sign = (order & 1) == 0 ? -1 : 1;
        double factorial = factorial(order);
        double correction = 0;
        double z = x;
        for (; z < STIRLING_FROM + order; z++) {
            correction += sign * factorial / Elementary.power(z, order + 1);
        }
        double inverse = 1 / z;
        double inverseSquare = inverse * inverse;
        double series = 0;
        for (int k = BERNOULLI.length; k > 0; k--) {
            series = fma(series, inverseSquare, BERNOULLI[k - 1] * risingRatio(2 * k, order));
        }
        double head = sign * (factorial(order - 1) * Elementary.power(inverse, order)
                + 0.5 * factorial * Elementary.power(inverse, order + 1));
        return head + sign * series * Elementary.power(inverse, order + 2) + correction;
    }

    /** The same of an order that is an integer kept as a double. */
    public static double polygamma(double order, double x) {
        return polygamma((int) order, x);
    }

    private static double pole(int order, double x) {
        if (x == Double.NEGATIVE_INFINITY) {
            return Double.NaN;
        }
        return (order & 1) == 1 ? Double.POSITIVE_INFINITY : x == 0 ? -1 / x : Double.NaN;
    }

    /** Reflection for the orders that gradients and Hessians need, the recurrence beyond them. */
    private static double polygammaNegative(int order, double x) {
        if (order <= 2) {
            double sine = sinPi(x);
            double cotangent = sinPi(x + 0.5) / sine;
            double reflected = polygamma(order, 1 - x);
            return switch (order) {
                case 0 -> reflected - Math.PI * cotangent;
                case 1 -> Math.PI * Math.PI / (sine * sine) - reflected;
                default -> reflected - 2 * Math.PI * Math.PI * Math.PI * cotangent / (sine * sine);
            };
        }
        double sign = (order & 1) == 0 ? -1 : 1;
        double sum = 0;
        double z = x;
        for (; z < 0; z++) {
            sum += sign * factorial(order) / Elementary.power(z, order + 1);
        }
        return sum + polygamma(order, z);
    }

    /** (k + order - 1)! / k!, which is 1/k at order 0. */
    private static double risingRatio(int k, int order) {
        double ratio = 1.0 / k;
        for (int i = 0; i < order; i++) {
            ratio *= k + i;
        }
        return ratio;
    }

    private static double factorial(int n) {
        double product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    /** sin(pi x) with the whole periods taken off exactly. */
    private static double sinPi(double x) {
        double r = x - 2 * Math.rint(x / 2);
        double folded = Math.abs(r) > 0.5 ? Math.copySign(1, r) - r : r;
        return Trigonometric.sin(Math.PI * folded);
    }
}

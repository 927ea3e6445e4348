package hesse.kernel.function;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Vectors;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number over arrays: fills n entries of y from x, which may not be y; chooses the twin. */
public final class ArrayFunctions {
    private static final DoublePredicate NOT_POSITIVE = v -> v <= 0;
    private static final DoublePredicate LARGE = v -> Math.abs(v) > Elementary.LARGE;

    private ArrayFunctions() {}

    /**
     * How many entries the vectors take; the rest, of less than 8, and all without vectors, is the scalar function's.
     */
    static int whole(int n) {
        return Vectors.on() ? n / 8 * 8 : 0;
    }

    /** The same for a function that compares. */
    static int wholeWithMasks(int n) {
        return Vectors.on() && Lanes.MASKS ? n / 8 * 8 : 0;
    }

    public static void exp(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            ExponentialLanes.exp(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Exponential.exp(x[xOff + i]);
        }
    }

    /** y = exp(-|x|). */
    public static void expMinusAbs(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            double[] work = PackBuffers.own().third(whole);
            ElementaryLanes.minusAbs(x, xOff, work, 0, whole);
            ExponentialLanes.exp(work, 0, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Elementary.expMinusAbs(x[xOff + i]);
        }
    }

    public static void gaussian(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            ExponentialLanes.gaussian(false, x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Elementary.gaussian(x[xOff + i]);
        }
    }

    public static void halfGaussian(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            ExponentialLanes.gaussian(true, x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Elementary.halfGaussian(x[xOff + i]);
        }
    }

    public static void expm1(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            ExponentialLanes.expm1(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Exponential.expm1(x[xOff + i]);
        }
    }

    public static void tanh(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            ExponentialLanes.tanh(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Exponential.tanh(x[xOff + i]);
        }
    }

    public static void log(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            LogarithmLanes.log(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Logarithm.log(x[xOff + i]);
        }
    }

    public static void log1p(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            LogarithmLanes.log1p(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Logarithm.log1p(x[xOff + i]);
        }
    }

    public static void sin(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            TrigonometricLanes.sin(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Trigonometric.sin(x[xOff + i]);
        }
    }

    public static void cos(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            TrigonometricLanes.cos(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Trigonometric.cos(x[xOff + i]);
        }
    }

    public static void tan(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            TrigonometricLanes.tan(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Trigonometric.tan(x[xOff + i]);
        }
    }

    public static void asin(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            InverseTrigonometricLanes.asin(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = InverseTrigonometric.asin(x[xOff + i]);
        }
    }

    public static void acos(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            InverseTrigonometricLanes.acos(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = InverseTrigonometric.acos(x[xOff + i]);
        }
    }

    public static void atan(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            InverseTrigonometricLanes.atan(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = InverseTrigonometric.atan(x[xOff + i]);
        }
    }

    public static void cbrt(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            PowerLanes.cbrt(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Power.cbrt(x[xOff + i]);
        }
    }

    public static void exp2(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            ExponentialLanes.exp2(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Exponential.exp2(x[xOff + i]);
        }
    }

    public static void log2(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            LogarithmLanes.log2(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Logarithm.log2(x[xOff + i]);
        }
    }

    public static void log10(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            LogarithmLanes.log10(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Logarithm.log10(x[xOff + i]);
        }
    }

    public static void cosh(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            double[] work = PackBuffers.own().third(whole);
            ElementaryLanes.abs(x, xOff, work, 0, whole);
            ExponentialLanes.exp(work, 0, y, yOff, whole);
            ExponentialLanes.cosh(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Exponential.cosh(x[xOff + i]);
        }
    }

    public static void sinh(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            double[] work = PackBuffers.own().third(whole);
            ElementaryLanes.abs(x, xOff, work, 0, whole);
            ExponentialLanes.expm1(work, 0, y, yOff, whole);
            ExponentialLanes.sinh(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Exponential.sinh(x[xOff + i]);
        }
    }

    public static void asinh(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            double[] work = PackBuffers.own().third(whole);
            ElementaryLanes.asinhExcess(x, xOff, work, 0, whole);
            LogarithmLanes.log1p(work, 0, y, yOff, whole);
            ElementaryLanes.signed(1, x, xOff, y, yOff, whole);
            again(x, xOff, y, yOff, whole, LARGE, Elementary::asinh);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Elementary.asinh(x[xOff + i]);
        }
    }

    public static void acosh(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            double[] work = PackBuffers.own().third(whole);
            ElementaryLanes.acoshExcess(x, xOff, work, 0, whole);
            LogarithmLanes.log1p(work, 0, y, yOff, whole);
            again(x, xOff, y, yOff, whole, LARGE, Elementary::acosh);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Elementary.acosh(x[xOff + i]);
        }
    }

    public static void atanh(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            double[] work = PackBuffers.own().third(whole);
            ElementaryLanes.atanhExcess(x, xOff, work, 0, whole);
            LogarithmLanes.log1p(work, 0, y, yOff, whole);
            ElementaryLanes.signed(0.5, x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Elementary.atanh(x[xOff + i]);
        }
    }

    public static void lgamma(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            GammaLanes.lgamma(x, xOff, y, yOff, whole);
            again(x, xOff, y, yOff, whole, NOT_POSITIVE, Gamma::lgamma);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Gamma.lgamma(x[xOff + i]);
        }
    }

    /** {@link Gamma#polygamma}; of an order beyond 1 number by number. */
    public static void polygamma(int order, double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = order <= 1 ? wholeWithMasks(n) : 0;
        if (whole > 0) {
            GammaLanes.polygamma(order, x, xOff, y, yOff, whole);
            again(x, xOff, y, yOff, whole, NOT_POSITIVE,
                    order == 0 ? v -> Gamma.polygamma(0, v) : v -> Gamma.polygamma(1, v));
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Gamma.polygamma(order, x[xOff + i]);
        }
    }

    /** Does again what lies beyond the range of a function's usual formulas. */
    private static void again(double[] x, int xOff, double[] y, int yOff, int n, DoublePredicate isBeyond,
            DoubleUnaryOperator function) {
        for (int i = 0; i < n; i++) {
            if (isBeyond.test(x[xOff + i])) {
                y[yOff + i] = function.applyAsDouble(x[xOff + i]);
            }
        }
    }
}

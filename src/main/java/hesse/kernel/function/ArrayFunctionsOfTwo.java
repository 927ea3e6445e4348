package hesse.kernel.function;

import hesse.kernel.machine.PackBuffers;

/** Functions of two numbers over arrays: fills n entries of z, which may be neither operand; chooses the twin. */
public final class ArrayFunctionsOfTwo {
    private ArrayFunctionsOfTwo() {}

    /** z = x^y. */
    public static void pow(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int whole = ArrayFunctions.whole(n);
        if (whole > 0) {
            PowerLanes.pow(x, xOff, y, yOff, z, zOff, whole);
        }
        for (int i = whole; i < n; i++) {
            z[zOff + i] = Power.pow(x[xOff + i], y[yOff + i]);
        }
    }

    /** z = the angle of the point (x, y). */
    public static void atan2(double[] y, int yOff, double[] x, int xOff, double[] z, int zOff, int n) {
        int whole = ArrayFunctions.wholeWithMasks(n);
        if (whole > 0) {
            double[] work = PackBuffers.own().third(whole);
            InverseTrigonometricLanes.ratio(y, yOff, x, xOff, work, 0, whole);
            InverseTrigonometricLanes.atan(work, 0, z, zOff, whole);
            InverseTrigonometricLanes.atan2(y, yOff, x, xOff, z, zOff, whole);
        }
        for (int i = whole; i < n; i++) {
            z[zOff + i] = InverseTrigonometric.atan2(y[yOff + i], x[xOff + i]);
        }
    }

    /** z = sqrt(x^2 + y^2). */
    public static void hypot(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int whole = ArrayFunctions.whole(n);
        if (whole > 0) {
            PowerLanes.hypot(false, x, xOff, y, yOff, z, zOff, whole);
        }
        for (int i = whole; i < n; i++) {
            z[zOff + i] = Power.hypot(x[xOff + i], y[yOff + i]);
        }
    }

    /** z = x/sqrt(x^2 + y^2). */
    public static void directionCosine(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int whole = ArrayFunctions.whole(n);
        if (whole > 0) {
            PowerLanes.hypot(true, x, xOff, y, yOff, z, zOff, whole);
        }
        for (int i = whole; i < n; i++) {
            z[zOff + i] = Power.directionCosine(x[xOff + i], y[yOff + i]);
        }
    }

    /** @param e exp(-x^2), apart from y */
    public static void erf(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        int whole = ArrayFunctions.wholeWithMasks(n);
        if (whole > 0) {
            ErrorFunctionLanes.erf(x, xOff, e, eOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = ErrorFunction.erf(x[xOff + i], e[eOff + i]);
        }
    }

    /** @param e exp(-x^2), apart from y */
    public static void erfc(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        int whole = ArrayFunctions.wholeWithMasks(n);
        if (whole > 0) {
            ErrorFunctionLanes.erfc(x, xOff, e, eOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = ErrorFunction.erfc(x[xOff + i], e[eOff + i]);
        }
    }

    /** @param e exp(-|x|), apart from y */
    public static void softplus(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        int whole = ArrayFunctions.wholeWithMasks(n);
        if (whole > 0) {
            LogarithmLanes.softplus(x, xOff, e, eOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Elementary.softplus(x[xOff + i], e[eOff + i]);
        }
    }

    /** @param e exp(-x^2/2), apart from y */
    public static void normalCdf(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        int whole = ArrayFunctions.wholeWithMasks(n);
        if (whole > 0) {
            ErrorFunctionLanes.normalCdf(x, xOff, e, eOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = ErrorFunction.normalCdf(x[xOff + i], e[eOff + i]);
        }
    }

    /** {@link Gamma#polygamma} of the order in m, which all entries share. */
    public static void polygamma(double[] m, int mOff, double[] x, int xOff, double[] y, int yOff, int n) {
        ArrayFunctions.polygamma((int) m[mOff], x, xOff, y, yOff, n);
    }
}

package hesse.kernel;

/** Elementary functions over arrays: fills n entries of y from x, which may not be y; chooses the twin. */
public final class Elementwise {
    private Elementwise() {}

    /** How many entries the vectors take; the rest, of less than 8, and all without vectors, is the scalar function's. */
    private static int whole(int n) {
        return Vectors.on() ? n / 8 * 8 : 0;
    }

    /** The same for a function that compares. */
    private static int wholeWithMasks(int n) {
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

    public static void erf(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            ExponentialLanes.gaussian(false, x, xOff, y, yOff, whole);
            ErrorFunctionLanes.erf(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = ErrorFunction.erf(x[xOff + i]);
        }
    }

    public static void erfc(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            ExponentialLanes.gaussian(false, x, xOff, y, yOff, whole);
            ErrorFunctionLanes.erfc(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = ErrorFunction.erfc(x[xOff + i]);
        }
    }

    public static void normalCdf(double[] x, int xOff, double[] y, int yOff, int n) {
        int whole = wholeWithMasks(n);
        if (whole > 0) {
            ExponentialLanes.gaussian(true, x, xOff, y, yOff, whole);
            ErrorFunctionLanes.normalCdf(x, xOff, y, yOff, whole);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = ErrorFunction.normalCdf(x[xOff + i]);
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

    /** z = x^y. */
    public static void pow(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        int whole = whole(n);
        if (whole > 0) {
            PowerLanes.pow(x, xOff, y, yOff, z, zOff, whole);
        }
        for (int i = whole; i < n; i++) {
            z[zOff + i] = Power.pow(x[xOff + i], y[yOff + i]);
        }
    }
}

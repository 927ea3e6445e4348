package hesse.optimize;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * A step along a direction that satisfies the strong Wolfe conditions, f(x + t d) <= f + {@value #DECREASE} t g'd and
 * |g(x + t d)'d| <= {@value #SLOPE} |g'd|: safeguarded cubic and quadratic interpolation (More and Thuente, ACM TOMS
 * 20, 1994). Steps to points where the cost or its gradient is not finite are shortened.
 */
final class LineSearch {
    private static final double DECREASE = 1e-4;
    private static final double SLOPE = 0.9;
    private static final int MOST = 60;

    private final Run run;
    private final double[] x;
    private final double[] g;
    /**
     * The ends a and b of the interval that holds an acceptable step, with values f and slopes d of the function that
     * is interpolated there; a is the better of the two.
     */
    private double a;
    private double fa;
    private double da;
    private double b;
    private double fb;
    private double db;
    private boolean bracketed;
    private double value;
    private double slope;
    private boolean sawFinite;

    LineSearch(Run run) {
        this.run = run;
        this.x = new double[run.n];
        this.g = new double[run.n];
    }

    /** The point that the last search found, the same array at every search; {@link #g} is the gradient there. */
    double[] x() {
        return x;
    }

    double[] g() {
        return g;
    }

    double value() {
        return value;
    }

    /** Whether any trial of the last search was finite. */
    boolean sawFinite() {
        return sawFinite;
    }

    private void evaluate(double[] from, double[] d, double t) {
        for (int i = 0; i < x.length; i++) {
            x[i] = fma(t, d[i], from[i]);
        }
        value = run.gradient(x, g);
        slope = Algebra.dot(g, d);
    }

    /**
     * Searches along d from a point.
     *
     * @param f0 the cost there
     * @param slope0 g'd, negative
     * @param first the first step to try
     * @return whether the cost fell enough
     */
    boolean search(double[] from, double[] d, double f0, double slope0, double first) {
        a = 0;
        b = 0;
        fa = f0;
        fb = f0;
        da = slope0;
        db = slope0;
        bracketed = false;
        sawFinite = false;
        double longest = Double.POSITIVE_INFINITY;
        double t = first;
        double width = Double.POSITIVE_INFINITY;
        boolean firstStage = true;
        for (int k = 0; k < MOST; k++) {
            evaluate(from, d, t);
            if (!Double.isFinite(value) || !Double.isFinite(slope)) {
                longest = t;
                t = a + 0.25 * (t - a);
                continue;
            }
            sawFinite = true;
            double sufficient = f0 + DECREASE * t * slope0;
            if (value <= sufficient && Math.abs(slope) <= SLOPE * -slope0) {
                return true;
            }
            firstStage &= value > sufficient || slope < 0;
            boolean shifted = firstStage && value <= fa && value > sufficient;
            double tilt = shifted ? DECREASE * slope0 : 0;
            fa -= a * tilt;
            fb -= b * tilt;
            da -= tilt;
            db -= tilt;
            double next = next(t, value - t * tilt, slope - tilt, longest);
            fa += a * tilt;
            fb += b * tilt;
            da += tilt;
            db += tilt;
            if (bracketed) {
                if (Math.abs(b - a) >= 0.66 * width) {
                    next = a + 0.5 * (b - a);
                }
                width = Math.abs(b - a);
                if (width <= 1e-15 * Math.max(a, b)) {
                    break;
                }
            } else {
                double furthest = longest == Double.POSITIVE_INFINITY ? 4 * t : a + 0.9 * (longest - a);
                next = Math.min(Math.max(next, 1.1 * t), furthest);
                if (longest - t <= 1e-15 * t) {
                    break;
                }
            }
            t = next;
        }
        if (a > 0 && fa < f0) {
            evaluate(from, d, a);
            return true;
        }
        return false;
    }

    /**
     * Chooses the next step and updates the interval.
     *
     * @param t the step tried, {@code f} the value and {@code d} the slope there
     * @param longest steps from here on are not finite
     */
    private double next(double t, double f, double d, double longest) {
        double next;
        boolean opposite = d < 0 != da < 0;
        double theta = 3 * (fa - f) / (t - a) + da + d;
        double scale = Math.max(Math.abs(theta), Math.max(Math.abs(da), Math.abs(d)));
        double root = scale == 0 ? 0
                : scale * Math.sqrt(Math.max(0, theta / scale * (theta / scale) - da / scale * (d / scale)));
        if (f > fa) {
            double gamma = t < a ? -root : root;
            double cubic = a + (gamma - da + theta) / (gamma - da + gamma + d) * (t - a);
            double quadratic = a + da / ((fa - f) / (t - a) + da) / 2 * (t - a);
            next = Math.abs(cubic - a) < Math.abs(quadratic - a) ? cubic : cubic + (quadratic - cubic) / 2;
            bracketed = true;
        } else {
            double gamma = t > a ? -root : root;
            double secant = t + d / (d - da) * (a - t);
            if (opposite) {
                double cubic = t + (gamma - d + theta) / (gamma - d + gamma + da) * (a - t);
                next = Math.abs(cubic - t) > Math.abs(secant - t) ? cubic : secant;
                bracketed = true;
            } else if (Math.abs(d) < Math.abs(da)) {
                double r = (gamma - d + theta) / (gamma + (da - d) + gamma);
                double cubic = r < 0 && gamma != 0 ? t + r * (a - t) : t > a ? Math.min(longest, 4 * t) : 0;
                boolean closer = Math.abs(cubic - t) < Math.abs(secant - t);
                if (bracketed) {
                    next = closer ? cubic : secant;
                    double bound = t + 0.66 * (b - t);
                    next = t > a ? Math.min(bound, next) : Math.max(bound, next);
                } else {
                    next = closer ? secant : cubic;
                }
            } else if (bracketed) {
                double other = 3 * (f - fb) / (b - t) + db + d;
                double s = Math.max(Math.abs(other), Math.max(Math.abs(db), Math.abs(d)));
                double r = s == 0 ? 0 : s * Math.sqrt(Math.max(0, other / s * (other / s) - db / s * (d / s)));
                r = t > b ? -r : r;
                next = t + (r - d + other) / (r - d + r + db) * (b - t);
            } else {
                next = t > a ? Math.min(longest, 4 * t) : 0;
            }
            if (opposite) {
                b = a;
                fb = fa;
                db = da;
            }
            a = t;
            fa = f;
            da = d;
            return Double.isFinite(next) ? next : 0.5 * (a + b);
        }
        b = t;
        fb = f;
        db = d;
        return Double.isFinite(next) ? next : 0.5 * (a + b);
    }
}

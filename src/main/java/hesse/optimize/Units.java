package hesse.optimize;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * The units in which a method sees a problem: x_i = size_i u_i and a cost times {@code unit}, all powers of two, so
 * that nothing is rounded by them. The cost's unit makes the largest entry of the first gradient one of [1, 2); the
 * parameters' units, where a Hessian is at hand, make its rows alike. So a factor of the cost, and for those methods of
 * any parameter, leaves every bit of a run as it was.
 */
final class Units {
    /** The cost at the start stays below 2^{@value} in its unit, far from overflow. */
    private static final int LARGEST_START = 500;
    /** Of the cost's unit, a power of two. */
    private static final int LARGEST_EXPONENT = 1000;
    /** Sweeps of Ruiz' iteration, which halves the exponents' distance from 0 each time. */
    private static final int EQUILIBRATIONS = 20;
    /**
     * The most by which a parameter's unit may exceed its size: what a flat start says of lengths is not to be trusted,
     * and a trust region would let a parameter of little curvature go far before the others have moved (Rosenbrock's
     * function from 100 times its start: 336 values with 1024, 200 with 16).
     */
    private static final double LARGEST_SIZE = 16;

    /** 0 until a gradient or a Hessian was seen that is not 0. */
    private double unit;
    /** By parameter what one of these units is in the user's. */
    private final double[] size;

    Units(int n) {
        this.size = new double[n];
        Arrays.fill(size, 1);
    }

    private Units(double unit, double[] size) {
        this.unit = unit;
        this.size = size.clone();
    }

    /** The units as they are now; later changes of these do not change the copy. */
    Units copy() {
        return new Units(unit, size);
    }

    /** Whether the cost has its unit. */
    boolean areChosen() {
        return unit != 0;
    }

    /** Takes the unit that makes a derivative's largest entry one of [1, 2), where there is none yet. */
    void choose(double value, double largest) {
        if (unit == 0 && largest > 0 && Double.isFinite(largest)) {
            int exponent = -Math.getExponent(largest);
            exponent = value == 0 ? exponent : Math.min(exponent, LARGEST_START - Math.getExponent(value));
            unit = Math.scalb(1.0, Math.min(Math.max(exponent, -LARGEST_EXPONENT), LARGEST_EXPONENT));
        }
    }

    /** Takes that unit whether or not there is one. */
    void chooseAgain(double value, double largest) {
        unit = 0;
        choose(value, largest);
        unit = unit();
    }

    /**
     * Changes the parameters' units so that the rows of a Hessian are alike, each unit within {@value #LARGEST_SIZE} of
     * its parameter where that is not 0; a parameter of which the Hessian says nothing has its own size as unit.
     *
     * @param h in these units
     * @param x the point, in the user's
     * @param allowed the factor by which a unit may be off before all are changed
     * @return the factors by which they changed, or null
     */
    double[] equilibrate(SymmetricMatrix h, double[] x, double allowed) {
        double[] factor = factors(h.toArray());
        boolean changes = false;
        for (int i = 0; i < x.length; i++) {
            double own = x[i] == 0 ? 1 : Math.scalb(1.0, Math.getExponent(x[i]));
            double most = x[i] == 0 ? Double.POSITIVE_INFINITY : LARGEST_SIZE * own;
            double next = factor[i] == 0 ? own : Math.min(factor[i] * size[i], most);
            factor[i] = next / size[i];
            changes |= factor[i] > allowed || factor[i] < 1 / allowed;
        }
        for (int i = 0; changes && i < x.length; i++) {
            size[i] *= factor[i];
        }
        return changes ? factor : null;
    }

    /**
     * Takes as unit of the cost what steepest descent promises of it at a start, max g_i^2 / |H_ii|: a number that no
     * parameter's unit enters.
     *
     * @param g and h in the user's units
     */
    void choose(double value, double[] g, SymmetricMatrix h) {
        int energy = Integer.MIN_VALUE;
        for (int i = 0; i < g.length; i++) {
            boolean counts = g[i] != 0 && h.get(i, i) != 0;
            energy = counts ? Math.max(energy, 2 * Math.getExponent(g[i]) - Math.getExponent(h.get(i, i))) : energy;
        }
        if (energy != Integer.MIN_VALUE) {
            unit = 0;
            choose(value, Math.scalb(1.0, Math.min(Math.max(energy, -LARGEST_EXPONENT), LARGEST_EXPONENT)));
        }
    }

    /**
     * The diagonal D of powers of two for which all rows of D H D have a largest entry near 1 (Ruiz, RAL-TR-2001-034);
     * 0 for a row of zeros.
     */
    static double[] factors(double[][] rows) {
        double[] factors = new double[rows.length];
        Arrays.fill(factors, 1);
        double[] factor = new double[rows.length];
        for (int k = 0; k < EQUILIBRATIONS; k++) {
            for (int i = 0; i < rows.length; i++) {
                // the diagonal first: what is left does not depend on the units that the rows came in
                double largest = k == 0 && rows[i][i] != 0 ? Math.abs(rows[i][i]) : Algebra.largest(rows[i]);
                factor[i] = largest > 0 && Double.isFinite(largest)
                        ? Math.scalb(1.0, -Math.floorDiv(Math.getExponent(largest), 2)) : 1;
                factors[i] = largest == 0 ? 0 : factors[i] * factor[i];
            }
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < rows.length; j++) {
                    rows[i][j] *= factor[i] * factor[j];
                }
            }
        }
        return factors;
    }

    /** 1 where none was chosen. */
    private double unit() {
        return unit == 0 ? 1 : unit;
    }

    /** Fills x with a point or a step u, in the user's units. */
    void user(double[] u, double[] x) {
        for (int i = 0; i < u.length; i++) {
            x[i] = size[i] * u[i];
        }
    }

    /** A gradient in the user's units. */
    double[] userGradient(double[] g) {
        double[] user = g.clone();
        for (int i = 0; i < g.length; i++) {
            user[i] = g[i] / unit() / size[i];
        }
        return user;
    }

    /** A cost, or a difference of costs, in the user's unit. */
    double user(double value) {
        return value / unit();
    }

    /** A point of the user's in these units. */
    double[] own(double[] x) {
        double[] u = x.clone();
        for (int i = 0; i < u.length; i++) {
            u[i] /= size[i];
        }
        return u;
    }

    /** What one of these units of a parameter is in the user's. */
    double size(int i) {
        return size[i];
    }

    /** Parameter i of a point of the user's in these units. */
    double own(double x, int i) {
        return x / size[i];
    }

    /** A cost of the user's in this unit. */
    double own(double value) {
        return value * unit();
    }

    /** Converts a gradient in the user's units to these, in place. */
    void ownGradient(double[] g) {
        for (int i = 0; i < g.length; i++) {
            g[i] = g[i] * unit() * size[i];
        }
    }

    /** Fills a Hessian from one in the user's units. */
    void own(SymmetricMatrix from, SymmetricMatrix to) {
        for (int i = 0; i < from.n(); i++) {
            for (int j = 0; j <= i; j++) {
                to.set(i, j, from.get(i, j) * unit() * size[i] * size[j]);
            }
        }
    }
}

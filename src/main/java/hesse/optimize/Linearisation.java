package hesse.optimize;

import hesse.VectorFunction;
import hesse.matrix.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * Residuals F and their Jacobian J at a point, each row weighted by the root of the loss's weight, so that J'F is the
 * gradient of the cost: half the sum of the losses. All is divided by a power of two near the largest residual at the
 * start, so that squares neither overflow nor underflow whatever the unit of the data; a cost in the data's own unit is
 * {@link #inDataUnits}.
 */
final class Linearisation {
    /** The rounding of a number of size 1. */
    static final double EPSILON = 0x1p-52;
    /** Columns of J shorter than this, where residuals began near 1, have products with residuals that underflow. */
    private static final double FLAT = 1e-290;
    /**
     * Exponents of the unit and of J's entries in it stay below this, so that products neither overflow nor underflow.
     */
    private static final int LARGEST_EXPONENT = 500;

    final int n;
    /** The weighted F, m entries. */
    final double[] values;
    /** The weighted J, m by n. */
    final Matrix jacobian;
    /** J'F. */
    final double[] gradient;
    /** The lengths of the Jacobian's columns. */
    final double[] lengths;
    private final VectorFunction residuals;
    private final Budget budget;
    private final Loss loss;
    private final double lossScale;
    private final int m;
    /** By row what F and J are multiplied by. */
    private final double[] factors;
    /** F at the last trial point, as the user's function returns it. */
    private final double[] trial;
    /** By how much each residual moves where each parameter moves by its own rounding. */
    private final double[] roundings;
    /** The power of two that residuals are multiplied by. */
    private double unit = 1;
    /** The norm of {@link #roundings}. */
    private double rounding;

    /** @param budget counts Jacobians as gradients */
    Linearisation(FitProblem problem, Budget budget) {
        this.residuals = problem.residuals();
        this.budget = budget;
        this.loss = problem.loss();
        this.lossScale = problem.scale();
        this.n = residuals.n();
        this.m = residuals.m();
        this.values = new double[m];
        this.jacobian = Matrix.of(m, n);
        this.gradient = new double[n];
        this.lengths = new double[n];
        this.factors = new double[m];
        this.trial = new double[m];
        this.roundings = new double[m];
    }

    /** Fixes the unit at the start; returns whether F and J are finite. */
    boolean begin(double[] start) {
        boolean isFinite = isFiniteAt(start);
        System.arraycopy(values, 0, trial, 0, m);
        if (!isFinite) {
            return false;
        }
        int slope = Math.getExponent(Algebra.largest(jacobian.data()));
        int exponent = Math.max(Math.getExponent(Algebra.largest(values)), slope - LARGEST_EXPONENT);
        unit = Math.scalb(1.0, -Math.clamp(exponent, -2 * LARGEST_EXPONENT, 2 * LARGEST_EXPONENT));
        weigh(start);
        return true;
    }

    /** The cost at the start, or at the last trial point. */
    double cost() {
        double sum = 0;
        for (double entry : trial) {
            double relative = entry / lossScale;
            sum += loss == Loss.SQUARE ? entry * unit * (entry * unit) : loss.value(relative * relative);
        }
        return loss == Loss.SQUARE ? 0.5 * sum : 0.5 * (lossScale * unit) * (lossScale * unit) * sum;
    }

    /** Moves to a point; returns whether F and J are finite there. */
    boolean moveTo(double[] x) {
        boolean isFinite = isFiniteAt(x);
        if (isFinite) {
            weigh(x);
        }
        return isFinite;
    }

    private boolean isFiniteAt(double[] x) {
        budget.gradient();
        residuals.jacobian(x, values, jacobian);
        return Algebra.isFinite(values) && Algebra.isFinite(jacobian.data());
    }

    /** Weights F and J at x, and computes what follows from them. */
    private void weigh(double[] x) {
        Arrays.fill(lengths, 0);
        for (int i = 0; i < m; i++) {
            double relative = values[i] / lossScale;
            factors[i] = loss == Loss.SQUARE ? unit : unit * Math.sqrt(loss.weight(relative * relative));
            values[i] *= factors[i];
            double moved = 0;
            for (int j = 0; j < n; j++) {
                double entry = factors[i] * jacobian.get(i, j);
                jacobian.set(i, j, entry);
                lengths[j] = Math.hypot(lengths[j], entry);
                moved += Math.abs(entry * x[j]);
            }
            roundings[i] = EPSILON * moved;
        }
        rounding = Algebra.norm(roundings);
        jacobian.transposedMultiply(values, gradient);
    }

    /** By how much F moves where each parameter moves by its own rounding: F is not known better. */
    double rounding() {
        return rounding;
    }

    /** Whether J s moves no residual by more than its rounding. */
    boolean isRounding(double[] js) {
        for (int i = 0; i < m; i++) {
            if (!(Math.abs(js[i]) <= roundings[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether a parameter has no influence here that double numbers can show. */
    boolean isFlat(int j) {
        return lengths[j] < FLAT;
    }

    /** The cost at a trial point, NaN or infinite where the point is not in the model's domain. */
    double cost(double[] x) {
        budget.value();
        residuals.value(x, trial);
        return cost();
    }

    /** A cost, or a difference of costs, in the square of the data's own unit. */
    double inDataUnits(double cost) {
        return cost / unit / unit;
    }

    /** ||F(x + s) - F(x) - J s|| of the last trial point: what curvature adds to the linear model, or rounding. */
    double defect(double[] js) {
        double[] defect = new double[m];
        Arrays.setAll(defect, i -> factors[i] * trial[i] - values[i] - js[i]);
        return Algebra.norm(defect);
    }

    /** Whether F at the last trial point is what it is here, bit for bit. */
    boolean isStill() {
        for (int i = 0; i < m; i++) {
            if (factors[i] * trial[i] != values[i]) {
                return false;
            }
        }
        return true;
    }

    /** What is not finite at the last trial point: a residual, or else a derivative. */
    String fault(List<String> names) {
        for (int i = 0; i < m; i++) {
            if (!Double.isFinite(trial[i])) {
                return "residual " + (i + 1) + " is " + trial[i];
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                if (!Double.isFinite(jacobian.get(i, j))) {
                    return "the derivative of residual " + (i + 1) + " by " + names.get(j) + " is "
                            + jacobian.get(i, j);
                }
            }
        }
        return "the sum of squares is not finite";
    }
}

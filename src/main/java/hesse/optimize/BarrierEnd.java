package hesse.optimize;

import hesse.curvature.Inertia;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * Where a run of the interior-point method ended.
 *
 * @param stop why
 * @param inertia the signs of the Lagrangian's curvature on what is free, null where the run did not converge
 */
record BarrierEnd(Stop stop, BarrierPoint at, Inertia inertia) {
    /** Judges the point where a run ended. */
    static BarrierEnd of(Stop stop, BarrierPoint at) {
        SymmetricMatrix w = stop.ending.isConverged() ? hessian(at) : null;
        return new BarrierEnd(stop, at, w == null ? null : ReducedHessian.inertia(w, at.active(w)));
    }

    /** The Lagrangian's, in the problem's units. */
    private static SymmetricMatrix hessian(BarrierPoint at) {
        return at.problem.hessian(at.z(), at.multipliers.constraints());
    }

    boolean isConverged() {
        return stop.ending.isConverged();
    }

    boolean isMinimum() {
        return isConverged() && inertia.zero() == 0 && inertia.negative() == 0;
    }

    /** The Lagrangian's curvature on what is free, in the user's units. */
    Covariance covariance() {
        Units units = at.problem.units;
        SymmetricMatrix w = hessian(at);
        List<double[]> active = at.active(w);
        for (int i = 0; i < w.n(); i++) {
            for (int j = 0; j <= i; j++) {
                w.set(i, j, units.user(w.get(i, j)) / units.size(i) / units.size(j));
            }
        }
        for (double[] row : active) {
            Arrays.setAll(row, j -> row[j] / units.size(j));
        }
        return new Covariance(w, active);
    }
}

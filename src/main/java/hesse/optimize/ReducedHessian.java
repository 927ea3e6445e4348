package hesse.optimize;

import hesse.curvature.Inertia;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Z'W Z, the Lagrangian's curvature on the null space of what is active: its signs decide whether a point is a minimum. */
final class ReducedHessian {
    private static final double NULL = 1e-10;
    private static final double ZERO = 1e-8;

    private ReducedHessian() {}

    /** The signs; none where no direction is left. */
    static Inertia inertia(SymmetricMatrix w, List<double[]> active) {
        SymmetricMatrix gram = SymmetricMatrix.of(w.n());
        for (double[] row : active) {
            gram.addOuter(1 / Math.max(Double.MIN_NORMAL, Algebra.dot(row, row)), row);
        }
        SymmetricEigen space = SymmetricEigen.of(gram);
        List<double[]> free = new ArrayList<>();
        for (int k = 0; k < w.n() && space.values()[k] <= NULL; k++) {
            free.add(space.vector(k));
        }
        if (free.isEmpty()) {
            return new Inertia(0, 0, 0);
        }
        SymmetricMatrix reduced = SymmetricMatrix.of(free.size());
        for (int i = 0; i < free.size(); i++) {
            double[] product = w.multiply(free.get(i));
            for (int j = 0; j <= i; j++) {
                reduced.set(i, j, Algebra.dot(free.get(j), product));
            }
        }
        double[] spectrum = SymmetricEigen.values(reduced);
        double zero = ZERO * Math.max(Math.abs(spectrum[0]), Math.abs(spectrum[spectrum.length - 1]));
        int positive = (int) Arrays.stream(spectrum).filter(e -> e > zero).count();
        int negative = (int) Arrays.stream(spectrum).filter(e -> e < -zero).count();
        return new Inertia(positive, spectrum.length - positive - negative, negative);
    }
}

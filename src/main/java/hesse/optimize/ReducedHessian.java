package hesse.optimize;

import hesse.curvature.Inertia;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Z'W Z, the Lagrangian's curvature on the null space of what is active, equilibrated: its signs decide whether a point
 * is a minimum, whatever the parameters' units.
 */
final class ReducedHessian {
    /** Eigenvalues of the active gradients' Gram matrix up to which a direction keeps what is active. */
    private static final double NULL = 1e-10;
    /** The part of the largest up to which an eigenvalue of Z'W Z is 0. */
    private static final double ZERO = 1e-8;

    private ReducedHessian() {}

    /** The signs; none where no direction is left. */
    static Inertia inertia(SymmetricMatrix w, List<double[]> active) {
        double[][] rows = w.toArray();
        List<double[]> free = free(w.n(), scaled(active, Units.factors(rows)));
        if (free.isEmpty()) {
            return new Inertia(0, 0, 0);
        }
        double[] spectrum = SymmetricEigen.values(reduced(SymmetricMatrix.fromFull(rows), free));
        double zero = ZERO * Math.max(Math.abs(spectrum[0]), Math.abs(spectrum[spectrum.length - 1]));
        int positive = (int) Arrays.stream(spectrum).filter(e -> e > zero).count();
        int negative = (int) Arrays.stream(spectrum).filter(e -> e < -zero).count();
        return new Inertia(positive, spectrum.length - positive - negative, negative);
    }

    /** The direction of least curvature, of those that keep what is active, its largest entry 1 in size. */
    static double[] leastCurved(SymmetricMatrix w, List<double[]> active) {
        double[][] rows = w.toArray();
        double[] scale = Units.factors(rows);
        List<double[]> free = free(w.n(), scaled(active, scale));
        double[] least = SymmetricEigen.of(reduced(SymmetricMatrix.fromFull(rows), free)).vector(0);
        double[] direction = new double[w.n()];
        for (int l = 0; l < least.length; l++) {
            Algebra.add(direction, least[l], free.get(l));
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= scale[i] == 0 ? 1 : scale[i];
        }
        return Algebra.times(1 / Algebra.largest(direction), direction);
    }

    /** The rows of A D for a diagonal D; a factor of 0, of a parameter that the Hessian does not know, counts as 1. */
    static List<double[]> scaled(List<double[]> rows, double[] factors) {
        double[] d = Arrays.stream(factors).map(factor -> factor == 0 ? 1 : factor).toArray();
        return rows.stream().map(row -> IntStream.range(0, d.length).mapToDouble(i -> row[i] * d[i]).toArray())
                .toList();
    }

    /** An orthonormal basis of the directions that keep what is active. */
    static List<double[]> free(int n, List<double[]> active) {
        SymmetricMatrix gram = SymmetricMatrix.of(n);
        for (double[] row : active) {
            gram.addOuter(1 / Math.max(Double.MIN_NORMAL, Algebra.dot(row, row)), row);
        }
        SymmetricEigen space = SymmetricEigen.of(gram);
        List<double[]> free = new ArrayList<>();
        for (int k = 0; k < n && space.values()[k] <= NULL; k++) {
            free.add(space.vector(k));
        }
        return free;
    }

    /** Z'W Z for the columns of a basis. */
    static SymmetricMatrix reduced(SymmetricMatrix w, List<double[]> free) {
        SymmetricMatrix reduced = SymmetricMatrix.of(free.size());
        for (int i = 0; i < free.size(); i++) {
            double[] product = w.multiply(free.get(i));
            for (int j = 0; j <= i; j++) {
                reduced.set(i, j, Algebra.dot(free.get(j), product));
            }
        }
        return reduced;
    }
}

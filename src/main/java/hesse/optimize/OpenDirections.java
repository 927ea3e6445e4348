package hesse.optimize;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Directions along which parameters move without a change of the residuals, for columns of the Jacobian of length 1.
 *
 * @param vectors an orthonormal basis
 * @param part entries of a direction below this are rounding
 */
record OpenDirections(List<double[]> vectors, double part) {
    private static final double PART = 1e-7;

    /** The right singular vectors whose singular values are no larger than a bound. */
    static OpenDirections of(SingularValues svd, double bound) {
        List<double[]> vectors = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < svd.values().length; k++) {
            if (svd.values()[k] > bound) {
                least = Math.min(least, svd.values()[k]);
            } else {
                double[] vector = new double[svd.values().length];
                for (int j = 0; j < vector.length; j++) {
                    vector[j] = svd.vectors()[j][k];
                }
                vectors.add(vector);
            }
        }
        return new OpenDirections(vectors, Math.max(PART, bound / least));
    }

    /**
     * Makes entries of a covariance infinite whose parameters, one or two, move along an open direction: the limit of
     * ever wider priors.
     */
    void spread(SymmetricMatrix covariance, int[] parameters) {
        List<double[]> simple = simple();
        for (int i = 0; i < parameters.length; i++) {
            for (int j = 0; j <= i; j++) {
                double common = 0;
                for (double[] vector : vectors) {
                    common = fma(vector[i], vector[j], common);
                }
                if (i == j ? isOpen(simple, i) : isOpen(simple, i) && isOpen(simple, j) && Math.abs(common) > part) {
                    covariance.set(parameters[i], parameters[j], Math.copySign(Double.POSITIVE_INFINITY, common));
                }
            }
        }
    }

    private boolean isOpen(List<double[]> directions, int j) {
        return directions.stream().anyMatch(vector -> Math.abs(vector[j]) > part);
    }

    /** Another basis, each vector of few parameters: by elimination with the largest entry as pivot. */
    private List<double[]> simple() {
        List<double[]> rows = new ArrayList<>(vectors.stream().map(double[]::clone).toList());
        for (int done = 0; done < rows.size(); done++) {
            int row = done;
            int column = 0;
            for (int i = done; i < rows.size(); i++) {
                for (int j = 0; j < rows.get(i).length; j++) {
                    if (Math.abs(rows.get(i)[j]) > Math.abs(rows.get(row)[column])) {
                        row = i;
                        column = j;
                    }
                }
            }
            double[] pivot = rows.remove(row);
            rows.add(done, Algebra.times(1 / pivot[column], pivot));
            for (int i = 0; i < rows.size(); i++) {
                if (i != done) {
                    Algebra.add(rows.get(i), -rows.get(i)[column], rows.get(done));
                }
            }
        }
        return rows;
    }

    /**
     * The directions as text, "1.000 b1 - 0.5000 b2; b3": in the user's units, each with a largest coefficient of 1;
     * null where there is none.
     *
     * @param lengths of the Jacobian's columns before they were scaled
     */
    String text(double[] lengths, List<String> names) {
        StringJoiner text = new StringJoiner("; ");
        for (double[] vector : simple()) {
            text.add(combination(vector, lengths, names));
        }
        return vectors.isEmpty() ? null : text.toString();
    }

    private String combination(double[] vector, double[] lengths, List<String> names) {
        double largest = 0;
        int count = 0;
        for (int j = 0; j < vector.length; j++) {
            if (Math.abs(vector[j]) > part) {
                largest = Math.max(largest, Math.abs(vector[j] / lengths[j]));
                count++;
            }
        }
        StringBuilder text = new StringBuilder();
        double sign = 0;
        for (int j = 0; j < vector.length; j++) {
            if (Math.abs(vector[j]) > part) {
                sign = sign == 0 ? Math.signum(vector[j]) : sign;
                double coefficient = sign * vector[j] / lengths[j] / largest;
                text.append(text.isEmpty() ? "" : coefficient < 0 ? " - " : " + ")
                        .append(count == 1 ? "" : String.format(Locale.ROOT, "%.4g ", Math.abs(coefficient)))
                        .append(names.get(j));
            }
        }
        return text.toString();
    }
}

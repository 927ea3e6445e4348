package hesse.optimize;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.matrix.Matrix;
import hesse.matrix.Qr;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well residuals F with the Jacobian J determine parameters. Parameters at a bound or fixed are taken as known.
 * Columns of J are scaled to length 1, so that units do not decide; singular values below 1e-14 of the largest are
 * rounding, and what belongs to them is open. With p the rank and m residuals r, the covariance of what is determined
 * is
 *
 * <p>K^2 (sum psi(r)^2 / (m - p)) / (mean psi'(r))^2 (J'J)^-1, K = 1 + p/m var psi'(r) / (mean psi'(r))^2,
 *
 * <p>where psi(r) = r rho'(s) is the slope of half the loss: Huber's sandwich with his correction for small samples
 * (Huber, Robust Statistics, 1981, section 7.6, equation 6.5). It takes errors as independent of the design; for least
 * squares, psi(r) = r, it is the textbook's residual variance times (J'J)^-1. White's sandwich (Econometrica 48, 1980)
 * also holds where the size of errors changes with the design, but does not become that.
 *
 * <p>Student's t of a robust loss has as many degrees of freedom as that estimate of a variance is worth: 2 (m - p)/m
 * over the variance of psi(r)^2 / mean psi^2 - 2 psi'(r) / mean psi', the part of the row r in its logarithm
 * (Satterthwaite, Biometrics Bulletin 2, 1946).
 *
 * @param covariance of the parameters: infinite where the data leave a parameter, or a pair, open; NaN in rows of
 *     parameters at bounds
 * @param degreesOfFreedom m - p
 * @param errorDegrees of Student's t
 * @param deficiency null, or the combinations of parameters that are open
 */
record Uncertainty(SymmetricMatrix covariance, int degreesOfFreedom, double errorDegrees, String deficiency) {
    private static final double DEPENDENT = 1e-14;

    static Uncertainty of(Matrix jacobian, double[] residuals, FitProblem problem, double[] x) {
        int n = x.length;
        Box box = problem.box();
        int[] free = IntStream.range(0, n).filter(j -> x[j] > box.lower[j] && x[j] < box.upper[j]).toArray();
        SymmetricMatrix covariance = SymmetricMatrix.of(n);
        if (!Algebra.isFinite(jacobian.data()) || !Algebra.isFinite(residuals)) {
            fill(covariance, IntStream.range(0, n), Double.NaN);
            return new Uncertainty(covariance, Math.max(0, residuals.length - free.length), Double.NaN, null);
        }
        double[] lengths = new double[free.length];
        SingularValues svd = SingularValues.of(triangle(jacobian, free, lengths));
        double least = DEPENDENT * Algebra.largest(svd.values());
        int[] known = IntStream.range(0, free.length).filter(k -> svd.values()[k] > least).toArray();
        int degrees = Math.max(0, residuals.length - known.length);
        ErrorSize size = ErrorSize.of(residuals, problem.loss(), problem.scale(), known.length);
        for (int k : known) {
            double[] whole = new double[n];
            for (int j = 0; j < free.length; j++) {
                whole[free[j]] = svd.vectors()[j][k] / svd.values()[k] / lengths[j];
            }
            covariance.addOuter(size.variance, whole);
        }
        fill(covariance, IntStream.range(0, n).filter(j -> Arrays.binarySearch(free, j) < 0), Double.NaN);
        OpenDirections open = OpenDirections.of(svd, least);
        open.spread(covariance, free);
        List<String> names = Arrays.stream(free).mapToObj(problem.names()::get).toList();
        return new Uncertainty(covariance, degrees, size.degrees, open.text(lengths, names));
    }

    /** The rows and columns of some parameters. */
    private static void fill(SymmetricMatrix matrix, IntStream parameters, double value) {
        parameters.forEach(j -> IntStream.range(0, matrix.n())
                .forEach(i -> matrix.set(Math.max(i, j), Math.min(i, j), value)));
    }

    /** R of some columns, each divided by its length, which it fills; 1 for columns of zeros. */
    private static double[][] triangle(Matrix jacobian, int[] columns, double[] lengths) {
        int m = jacobian.rows();
        int k = columns.length;
        Matrix part = Matrix.of(Math.max(m, k), k);
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < m; i++) {
                lengths[j] = Math.hypot(lengths[j], jacobian.get(i, columns[j]));
            }
            lengths[j] = lengths[j] == 0 ? 1 : lengths[j];
            for (int i = 0; i < m; i++) {
                part.set(i, j, jacobian.get(i, columns[j]) / lengths[j]);
            }
        }
        Qr qr = Qr.of(part);
        double[][] r = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                r[i][j] = qr.get(i, j);
            }
        }
        return r;
    }

    /**
     * The size of the errors.
     *
     * @param variance what (J'J)^-1 is multiplied by; NaN where m = p, or where psi falls on average
     * @param degrees of freedom that it is worth
     */
    private record ErrorSize(double variance, double degrees) {
        static ErrorSize of(double[] residuals, Loss loss, double scale, int p) {
            int m = residuals.length;
            double[] squares = new double[m];
            double[] slopes = new double[m];
            for (int i = 0; i < m; i++) {
                double s = residuals[i] / scale * (residuals[i] / scale);
                double psi = residuals[i] * loss.weight(s);
                squares[i] = psi * psi;
                slopes[i] = loss.slope(s);
            }
            double square = mean(squares);
            double slope = mean(slopes);
            if (m <= p || !(slope > 0)) {
                return new ErrorSize(Double.NaN, 0);
            }
            double correction = 1 + (double) p / m * variance(slopes) / slope / slope;
            double variance = correction * correction * square * m / (m - p) / slope / slope;
            if (loss == Loss.SQUARE) {
                return new ErrorSize(variance, m - p);
            }
            double[] parts = new double[m];
            Arrays.setAll(parts, i -> (square == 0 ? 0 : squares[i] / square) - 2 * slopes[i] / slope);
            return new ErrorSize(variance, Math.clamp(2.0 * (m - p) / variance(parts), Math.min(1, m - p), m - p));
        }

        private static double mean(double[] v) {
            double sum = 0;
            for (double entry : v) {
                sum += entry;
            }
            return sum / v.length;
        }

        private static double variance(double[] v) {
            double mean = mean(v);
            double sum = 0;
            for (double entry : v) {
                sum = fma(entry - mean, entry - mean, sum);
            }
            return sum / v.length;
        }
    }
}

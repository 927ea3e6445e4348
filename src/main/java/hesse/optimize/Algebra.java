package hesse.optimize;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/** Vector operations in an order of summation that is fixed: the same bits on every run. */
final class Algebra {
    private Algebra() {}

    /** a'b by four accumulators. */
    static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            s0 = fma(a[i], b[i], s0);
            s1 = fma(a[i + 1], b[i + 1], s1);
            s2 = fma(a[i + 2], b[i + 2], s2);
            s3 = fma(a[i + 3], b[i + 3], s3);
        }
        for (; i < a.length; i++) {
            s0 = fma(a[i], b[i], s0);
        }
        return (s0 + s2) + (s1 + s3);
    }

    /** ||a||_2, without overflow or underflow of squares. */
    static double norm(double[] a) {
        double largest = largest(a);
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        if (largest > 1e-100 && largest < 1e100) {
            return Math.sqrt(dot(a, a));
        }
        double[] scaled = a.clone();
        Arrays.setAll(scaled, i -> a[i] / largest);
        return largest * Math.sqrt(dot(scaled, scaled));
    }

    /** ||a||_inf, the largest entry in size; NaN where an entry is. */
    static double largest(double[] a) {
        double largest = 0;
        for (double entry : a) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return largest;
    }

    /** ||a||_1. */
    static double sumOfSizes(double[] a) {
        double sum = 0;
        for (double entry : a) {
            sum += Math.abs(entry);
        }
        return sum;
    }

    static boolean isFinite(double[] a) {
        return Double.isFinite(largest(a));
    }

    /** y += t x. */
    static void add(double[] y, double t, double[] x) {
        for (int i = 0; i < y.length; i++) {
            y[i] = fma(t, x[i], y[i]);
        }
    }

    static double[] minus(double[] a, double[] b) {
        double[] c = new double[a.length];
        for (int i = 0; i < c.length; i++) {
            c[i] = a[i] - b[i];
        }
        return c;
    }

    static double[] times(double t, double[] a) {
        double[] c = new double[a.length];
        for (int i = 0; i < c.length; i++) {
            c[i] = t * a[i];
        }
        return c;
    }

    /** The rows and columns of h that have these ascending indices; h itself where these are all. */
    static SymmetricMatrix part(SymmetricMatrix h, int[] indices) {
        if (indices.length == h.n()) {
            return h;
        }
        SymmetricMatrix part = SymmetricMatrix.of(indices.length);
        for (int i = 0; i < indices.length; i++) {
            for (int j = 0; j <= i; j++) {
                part.set(i, j, h.get(indices[i], indices[j]));
            }
        }
        return part;
    }

    /** The entries that have these indices. */
    static double[] part(double[] a, int[] indices) {
        return Arrays.stream(indices).mapToDouble(i -> a[i]).toArray();
    }

    /** A vector of n entries, those of {@code part} at these indices and 0 elsewhere. */
    static double[] whole(double[] part, int[] indices, int n) {
        double[] whole = new double[n];
        for (int k = 0; k < indices.length; k++) {
            whole[indices[k]] = part[k];
        }
        return whole;
    }
}

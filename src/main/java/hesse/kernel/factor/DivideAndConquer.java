package hesse.kernel.factor;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.Block;
import hesse.kernel.Gemm;
import hesse.kernel.function.Power;
import hesse.kernel.machine.Interrupts;
import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a symmetric tridiagonal matrix: cut in two by a rank-one change, each half solved,
 * and put together by the secular equation (Cuppen, Numer. Math. 36, 1981), with the vectors' z recomputed from the
 * roots so that they are orthogonal to rounding (Gu and Eisenstat, SIAM J. Matrix Anal. Appl. 16, 1995). Most work is
 * matrix products. Small blocks by implicit QL (Golub and Van Loan, section 8.3).
 */
public final class DivideAndConquer {
    private static final int SMALL = 32;
    private static final double EPSILON = 0x1p-53;
    private static final int MAX_QL_STEPS = 60;

    private final int n;
    private final double[] d;
    private final double[] e;
    private final double[] q;
    private final double[] gathered;
    private final double[] products;
    private final double[] vectors;

    private DivideAndConquer(double[] d, double[] e) {
        this.n = d.length;
        this.d = d;
        this.e = e;
        this.q = new double[Math.multiplyExact(n, n)];
        this.gathered = new double[n <= SMALL ? 0 : n * n];
        this.products = new double[gathered.length];
        this.vectors = new double[gathered.length];
    }

    /**
     * Solves a matrix with diagonal d and e[i] at (i, i - 1); d becomes the eigenvalues, ascending, e is destroyed.
     *
     * @return the eigenvectors as columns, row-major
     */
    public static double[] solve(double[] d, double[] e) {
        DivideAndConquer solver = new DivideAndConquer(d, e);
        solver.solve(0, d.length);
        return solver.q;
    }

    /** The same times Q, of a small matrix: by plane rotations of the rows of Q', which are destroyed. */
    static double[] rotate(double[] d, double[] e, double[] rows, int length) {
        DivideAndConquer solver = new DivideAndConquer(d, e);
        ql(d, e, 0, d.length, rows, length);
        solver.store(0, d.length, rows, length);
        return solver.q;
    }

    /** The eigenvalues only, ascending, in d; e is destroyed. */
    public static void values(double[] d, double[] e) {
        ql(d, e, 0, d.length, null, 0);
        Arrays.sort(d);
    }

    private void solve(int from, int count) {
        if (count <= SMALL) {
            int length = Tridiagonal.rowLength(count);
            double[] rows = new double[count * length];
            for (int i = 0; i < count; i++) {
                rows[i * length + i] = 1;
            }
            ql(d, e, from, count, rows, length);
            store(from, count, rows, length);
            return;
        }
        int half = count / 2;
        int cut = from + half;
        double rho = e[cut];
        d[cut - 1] -= Math.abs(rho);
        d[cut] -= Math.abs(rho);
        solve(from, half);
        solve(cut, count - half);
        if (rho != 0) {
            if (count > 2 * SMALL) {
                Interrupts.check("a search for eigenvalues of a tridiagonal matrix of", d.length, "rows");
            }
            combine(from, count, cut, rho);
        }
        sortColumns(from, count);
    }

    /** Rows as columns, in the order of their values: inserts one after the other. */
    private void store(int from, int count, double[] rows, int length) {
        int[] order = new int[count];
        for (int k = 0; k < count; k++) {
            double value = d[from + k];
            int at = k;
            for (; at > 0 && d[from + at - 1] > value; at--) {
                d[from + at] = d[from + at - 1];
                order[at] = order[at - 1];
            }
            d[from + at] = value;
            order[at] = k;
        }
        for (int k = 0; k < count; k++) {
            int row = order[k] * length;
            for (int i = 0; i < count; i++) {
                q[(from + i) * n + from + k] = rows[row + i];
            }
        }
    }

    /** The eigensystem of diag(d) + |rho| z z', z the rows of the halves that meet at the cut. */
    private void combine(int from, int count, int cut, double rho) {
        double[] z = new double[count];
        double sign = Math.signum(rho);
        for (int i = 0; i < count; i++) {
            boolean first = from + i < cut;
            z[i] = Math.sqrt(0.5) * (first ? q[(cut - 1) * n + from + i] : sign * q[cut * n + from + i]);
        }
        int[] order = order(from, count);
        int[] kept = new int[count];
        int k = deflate(from, count, z, 2 * Math.abs(rho), order, kept);
        if (k > 0) {
            update(from, count, z, 2 * Math.abs(rho), kept, k);
        }
    }

    /** The columns in the order of their values, by merging runs (the halves come sorted, or nearly so). */
    private int[] order(int from, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        int[] merged = new int[count];
        for (int width = 1; width < count; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                merge(from, order, start, Math.min(count, start + width), Math.min(count, start + 2 * width), merged);
            }
            int[] swap = order;
            order = merged;
            merged = swap;
        }
        return order;
    }

    private void merge(int from, int[] order, int start, int middle, int end, int[] merged) {
        int left = start;
        int right = middle;
        for (int out = start; out < end; out++) {
            boolean takeLeft = right >= end || left < middle && d[from + order[left]] <= d[from + order[right]];
            merged[out] = takeLeft ? order[left++] : order[right++];
        }
    }

    /**
     * Columns with no part in the change, or made so by rotating two of nearly the same value, are done; lists the
     * others.
     */
    private int deflate(int from, int count, double[] z, double rho, int[] order, int[] kept) {
        double largest = 0;
        double largestZ = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(d[from + i]));
            largestZ = Math.max(largestZ, Math.abs(z[i]));
        }
        double tolerance = 8 * EPSILON * Math.max(largest, rho * largestZ);
        int k = 0;
        int candidate = -1;
        for (int j : order) {
            if (rho * Math.abs(z[j]) <= tolerance) {
                continue;
            }
            if (candidate >= 0 && !rotateAway(from, count, z, candidate, j, tolerance)) {
                kept[k++] = candidate;
            }
            candidate = j;
        }
        if (candidate >= 0) {
            kept[k++] = candidate;
        }
        return k;
    }

    /** Rotates columns i and j so that z_i is 0, if that leaves the matrix diagonal to rounding. */
    private boolean rotateAway(int from, int count, double[] z, int i, int j, double tolerance) {
        double length = Power.hypot(z[i], z[j]);
        double c = z[j] / length;
        double s = -z[i] / length;
        double difference = d[from + j] - d[from + i];
        if (Math.abs(difference * c * s) > tolerance) {
            return false;
        }
        z[j] = length;
        z[i] = 0;
        double di = d[from + i];
        double dj = d[from + j];
        d[from + i] = di * c * c + dj * s * s;
        d[from + j] = di * s * s + dj * c * c;
        for (int r = from; r < from + count; r++) {
            double a = q[r * n + from + i];
            double b = q[r * n + from + j];
            q[r * n + from + i] = c * a + s * b;
            q[r * n + from + j] = c * b - s * a;
        }
        return true;
    }

    private void update(int from, int count, double[] z, double rho, int[] kept, int k) {
        double[] poles = new double[k];
        double[] weights = new double[k];
        for (int i = 0; i < k; i++) {
            poles[i] = d[from + kept[i]];
            weights[i] = z[kept[i]];
        }
        SecularEquation equation = new SecularEquation(poles, weights, k, rho);
        for (int j = 0; j < k; j++) {
            d[from + kept[j]] = equation.solve(j, vectors, k);
        }
        eigenvectors(poles, weights, k);
        for (int r = 0; r < count; r++) {
            int row = (from + r) * n + from;
            for (int j = 0; j < k; j++) {
                gathered[r * k + j] = q[row + kept[j]];
            }
        }
        Arrays.fill(products, 0, count * k, 0);
        Gemm.multiply(Block.of(gathered, count, k), Block.of(vectors, k, k), Block.of(products, count, k));
        for (int r = 0; r < count; r++) {
            int row = (from + r) * n + from;
            for (int j = 0; j < k; j++) {
                q[row + kept[j]] = products[r * k + j];
            }
        }
    }

    /** From the differences d_i - root_j to normalised vectors, with the z for which these roots are exact. */
    private void eigenvectors(double[] poles, double[] weights, int k) {
        for (int i = 0; i < k; i++) {
            double square = vectors[i * k + i];
            for (int j = 0; j < k; j++) {
                if (j != i) {
                    square *= vectors[i * k + j] / (poles[i] - poles[j]);
                }
            }
            weights[i] = Math.copySign(Math.sqrt(Math.max(0, -square)), weights[i]);
        }
        double[] norms = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double entry = weights[i] / vectors[i * k + j];
                vectors[i * k + j] = entry;
                norms[j] = fma(entry, entry, norms[j]);
            }
        }
        for (int j = 0; j < k; j++) {
            norms[j] = 1 / Math.sqrt(norms[j]);
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                vectors[i * k + j] *= norms[j];
            }
        }
    }

    /** Puts values in ascending order and their columns with them. */
    private void sortColumns(int from, int count) {
        int[] order = order(from, count);
        double[] row = new double[count];
        double[] sorted = new double[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = d[from + order[i]];
        }
        System.arraycopy(sorted, 0, d, from, count);
        for (int r = from; r < from + count; r++) {
            for (int i = 0; i < count; i++) {
                row[i] = q[r * n + from + order[i]];
            }
            System.arraycopy(row, 0, q, r * n + from, count);
        }
    }

    /**
     * Implicit QL on rows from on; e[i] couples i - 1 and i. Rotates the rows of an array, the vectors, where it is
     * given.
     */
    private static void ql(double[] d, double[] e, int from, int count, double[] vectors, int length) {
        double[] cosines = new double[vectors == null ? 0 : count];
        double[] sines = new double[cosines.length];
        int end = from + count - 1;
        for (int l = from; l <= end; l++) {
            for (int step = 0; step < MAX_QL_STEPS; step++) {
                int m = l;
                while (m < end && Math.abs(e[m + 1]) > EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) {
                    m++;
                }
                if (m == l) {
                    break;
                }
                int done = sweep(d, e, l, m, from, cosines, sines);
                if (vectors != null) {
                    Rotation.sweep(vectors, length, done - from, m - from, cosines, sines);
                }
            }
        }
    }

    /** One sweep with Wilkinson's shift, from row m up to l; the row it came to, l unless a rotation was by nothing. */
    private static int sweep(double[] d, double[] e, int l, int m, int from, double[] cosines, double[] sines) {
        double g = (d[l + 1] - d[l]) / (2 * e[l + 1]);
        double r = Power.hypot(g, 1);
        g = d[m] - d[l] + e[l + 1] / (g + Math.copySign(r, g));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * e[i + 1];
            double b = c * e[i + 1];
            r = Power.hypot(g, f);
            if (i + 1 < m) {
                e[i + 2] = r;
            }
            if (r == 0) {
                d[i + 1] -= p;
                return i + 1;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            double t = fma(d[i] - g, s, 2 * b * c);
            p = s * t;
            d[i + 1] = g + p;
            g = fma(c, t, -b);
            if (cosines.length > 0) {
                cosines[i - from] = c;
                sines[i - from] = s;
            }
        }
        d[l] -= p;
        e[l + 1] = g;
        return l;
    }
}

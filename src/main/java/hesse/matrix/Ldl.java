package hesse.matrix;

import hesse.kernel.Block;
import hesse.kernel.Gemm;
import hesse.kernel.Gemv;
import hesse.kernel.machine.Interrupts;

/**
 * The factors of a symmetric, possibly indefinite matrix, P H P' = L D L', with diagonal blocks of one or two rows in
 * D, by diagonal pivoting (Bunch and Kaufman, Math. Comp. 31, 1977; Higham, Accuracy and Stability, algorithm 11.2).
 * Backward stable; O(n^3/3). By Sylvester's law D has the signs of H's eigenvalues. Columns are eliminated in panels: a
 * column takes what the panel changed in it when it is its turn or its row is tried as pivot, what lies behind takes
 * all at once by a product.
 */
public final class Ldl {
    /** (1 + sqrt 17)/8: keeps growth of one double step below that of two single ones. */
    private static final double ALPHA = 0.6403882032022076;
    /** Columns of a panel; a block of two at its end makes one more. */
    private static final int PANEL = 31;
    private static final int W_ROW = PANEL + 1;
    /** Rows that the product with a panel treats together, so that little above the diagonal is computed. */
    private static final int BAND = 96;

    private final int n;
    /**
     * The lower triangle by rows: L below the diagonal, D on it; a block of two rows holds its coupling where L would
     * be.
     */
    private final double[] a;
    private final Block all;
    private final int[] order;
    /** Whether a block of two starts at the row. */
    private final boolean[] pair;

    private Ldl(SymmetricMatrix h) {
        this.n = h.n();
        Matrix lower = Matrix.of(n, n);
        this.a = lower.data();
        this.all = lower.block();
        this.order = new int[n];
        this.pair = new boolean[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            for (int j = 0; j <= i; j++) {
                a[i * n + j] = h.get(i, j);
            }
        }
    }

    /** Factors a matrix, which stays as it is. */
    public static Ldl of(SymmetricMatrix h) {
        Ldl ldl = new Ldl(h);
        Panel panel = ldl.new Panel();
        for (int k = 0; k < ldl.n; ) {
            k = panel.eliminate(k);
            if (k < ldl.n) {
                Interrupts.check("an LDL' factorisation of", ldl.n, "rows");
            }
        }
        return ldl;
    }

    /** Columns that are eliminated, but for what they change behind them. */
    private final class Panel {
        /** L D of the panel's columns, by rows. */
        private final double[] w = new double[Math.multiplyExact(n, W_ROW)];
        private final double[] column = new double[n];
        private final double[] candidate = new double[n];
        private final double[] sums = new double[n];
        private final double[] behind = new double[Math.multiplyExact(n, W_ROW)];
        private int first;

        /** Eliminates a panel of columns from k on and subtracts it from what is left; the column behind it. */
        int eliminate(int from) {
            first = from;
            int k = from;
            while (k < n && k < from + PANEL) {
                k += step(k);
            }
            subtractBehind(k);
            return k;
        }

        /** Chooses the pivot of step k and eliminates with it; 1 or 2 rows. */
        private int step(int k) {
            load(k, k, column);
            int largest = k;
            double below = 0;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(column[i]) > below) {
                    below = Math.abs(column[i]);
                    largest = i;
                }
            }
            double here = Math.abs(column[k]);
            if (below == 0 || here >= ALPHA * below) {
                return single(k, column);
            }
            load(largest, k, candidate);
            double beside = 0;
            for (int j = k; j < n; j++) {
                beside = j == largest ? beside : Math.max(beside, Math.abs(candidate[j]));
            }
            if (here * beside >= ALPHA * below * below) {
                return single(k, column);
            }
            if (Math.abs(candidate[largest]) >= ALPHA * beside) {
                swap(k, largest, candidate);
                return single(k, candidate);
            }
            swap(k + 1, largest, candidate);
            swapEntries(column, k + 1, largest);
            return pair(k);
        }

        /** Row and column i, from k on, as the panel's columns before k leave it. */
        private void load(int i, int k, double[] target) {
            System.arraycopy(a, i * n + k, target, k, i - k);
            for (int j = i; j < n; j++) {
                target[j] = a[j * n + i];
            }
            if (k > first) {
                int done = k - first;
                Gemv.multiply(all.part(k, first, n - k, done), Block.vector(w, i * W_ROW, done),
                        Block.vector(sums, k, n - k));
                for (int j = k; j < n; j++) {
                    target[j] -= sums[j];
                }
            }
        }

        /**
         * Exchanges rows and columns i and j, i &lt;= j, of what is left, with the finished rows of L and W and the
         * entries of a vector.
         */
        private void swap(int i, int j, double[] vector) {
            if (i == j) {
                return;
            }
            for (int c = 0; c < i; c++) {
                swapEntries(a, i * n + c, j * n + c);
            }
            for (int r = i + 1; r < j; r++) {
                swapEntries(a, r * n + i, j * n + r);
            }
            for (int r = j + 1; r < n; r++) {
                swapEntries(a, r * n + i, r * n + j);
            }
            swapEntries(a, i * n + i, j * n + j);
            for (int c = 0; c < W_ROW; c++) {
                swapEntries(w, i * W_ROW + c, j * W_ROW + c);
            }
            swapEntries(vector, i, j);
            int index = order[i];
            order[i] = order[j];
            order[j] = index;
        }

        private int single(int k, double[] x) {
            double pivot = x[k];
            a[k * n + k] = pivot;
            for (int i = k + 1; i < n; i++) {
                w[i * W_ROW + k - first] = x[i];
                a[i * n + k] = pivot == 0 ? 0 : x[i] / pivot;
            }
            return 1;
        }

        private int pair(int k) {
            pair[k] = true;
            double coupling = column[k + 1];
            double x = column[k] / coupling;
            double y = candidate[k + 1] / coupling;
            double scale = 1 / (x * y - 1) / coupling;
            a[k * n + k] = column[k];
            a[(k + 1) * n + k] = coupling;
            a[(k + 1) * n + k + 1] = candidate[k + 1];
            for (int i = k + 2; i < n; i++) {
                w[i * W_ROW + k - first] = column[i];
                w[i * W_ROW + k + 1 - first] = candidate[i];
                a[i * n + k] = scale * (y * column[i] - candidate[i]);
                a[i * n + k + 1] = scale * (x * candidate[i] - column[i]);
            }
            return 2;
        }

        /** The block from k on minus L W', by bands of rows up to the diagonal. */
        private void subtractBehind(int k) {
            int columns = k - first;
            int left = n - k;
            for (int c = 0; c < columns; c++) {
                for (int j = 0; j < left; j++) {
                    behind[c * left + j] = -w[(k + j) * W_ROW + c];
                }
            }
            for (int band = k; band < n; band += BAND) {
                int end = Math.min(n, band + BAND);
                Block finished = all.part(band, first, end - band, columns);
                Gemm.multiply(finished, Block.of(behind, columns, left).leading(columns, end - k),
                        all.part(band, k, end - band, end - k));
            }
        }
    }

    private static void swapEntries(double[] x, int i, int j) {
        double entry = x[i];
        x[i] = x[j];
        x[j] = entry;
    }

    /** The number of rows. */
    public int n() {
        return n;
    }

    /** How many eigenvalues are positive, to the rounding of the factors. */
    public int positive() {
        return signs(1);
    }

    /** How many eigenvalues are negative. */
    public int negative() {
        return signs(-1);
    }

    /** How many pivots are exactly zero. */
    public int zero() {
        return n - positive() - negative();
    }

    /** A block of two rows has an eigenvalue of each sign. */
    private int signs(int sign) {
        int count = 0;
        for (int k = 0; k < n; k++) {
            if (pair[k]) {
                count++;
                k++;
            } else if (a[k * n + k] * sign > 0) {
                count++;
            }
        }
        return count;
    }

    /**
     * The solution of H x = b.
     *
     * @throws ArithmeticException where H is singular
     */
    public double[] solve(double[] b) {
        Matrix.requireLength("the right-hand side", b.length, n);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = b[order[i]];
        }
        double[] step = new double[1];
        Block one = Block.vector(step, 1);
        for (int k = 0; k < n; k++) {
            int before = k - (k > 0 && pair[k - 1] ? 1 : 0);
            Gemv.multiply(all.row(k, before), Block.vector(x, before), one);
            x[k] -= step[0];
        }
        divide(x);
        for (int k = n - 1; k >= 0; k--) {
            int before = k - (k > 0 && pair[k - 1] ? 1 : 0);
            step[0] = -x[k];
            Gemv.addTransposed(all.row(k, before), one, Block.vector(x, before));
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[order[i]] = x[i];
        }
        return solution;
    }

    private void divide(double[] x) {
        for (int k = 0; k < n; k++) {
            if (pair[k]) {
                double coupling = a[(k + 1) * n + k];
                double d0 = a[k * n + k] / coupling;
                double d1 = a[(k + 1) * n + k + 1] / coupling;
                double scale = 1 / (d0 * d1 - 1) / coupling;
                double first = scale * (d1 * x[k] - x[k + 1]);
                x[k + 1] = scale * (d0 * x[k + 1] - x[k]);
                x[k] = first;
                k++;
            } else if (a[k * n + k] == 0) {
                throw new ArithmeticException("singular: pivot " + k + " of " + n + " is zero");
            } else {
                x[k] /= a[k * n + k];
            }
        }
    }
}

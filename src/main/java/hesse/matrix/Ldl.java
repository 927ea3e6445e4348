package hesse.matrix;

/**
 * The factors of a symmetric, possibly indefinite matrix, P H P' = L D L', with diagonal blocks of one or two rows in D, by
 * diagonal pivoting (Bunch and Kaufman, Math. Comp. 31, 1977; Higham, Accuracy and Stability, algorithm 11.2). Backward stable;
 * O(n^3/3). By Sylvester's law D has the signs of H's eigenvalues.
 */
public final class Ldl {
    /** (1 + sqrt 17)/8: keeps growth of one double step below that of two single ones. */
    private static final double ALPHA = 0.6403882032022076;

    private final int n;
    /** The lower triangle by rows: L below the diagonal, D on it; a block of two rows holds its coupling where L would be. */
    private final double[][] rows;
    private final int[] order;
    /** Whether a block of two starts at the row. */
    private final boolean[] pair;

    private Ldl(SymmetricMatrix h) {
        this.n = h.n();
        this.rows = h.toArray();
        this.order = new int[n];
        this.pair = new boolean[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
    }

    /** Factors a matrix, which stays as it is. */
    public static Ldl of(SymmetricMatrix h) {
        Ldl ldl = new Ldl(h);
        for (int k = 0; k < ldl.n; ) {
            k += ldl.step(k);
        }
        return ldl;
    }

    /** Chooses the pivot of step k and eliminates with it; 1 or 2 rows. */
    private int step(int k) {
        int largest = k;
        double below = 0;
        for (int i = k + 1; i < n; i++) {
            if (Math.abs(rows[i][k]) > below) {
                below = Math.abs(rows[i][k]);
                largest = i;
            }
        }
        double here = Math.abs(rows[k][k]);
        if (below == 0 || here >= ALPHA * below) {
            return single(k);
        }
        double beside = 0;
        for (int j = k; j < n; j++) {
            if (j != largest) {
                beside = Math.max(beside, Math.abs(j < largest ? rows[largest][j] : rows[j][largest]));
            }
        }
        if (here * beside >= ALPHA * below * below) {
            return single(k);
        }
        if (Math.abs(rows[largest][largest]) >= ALPHA * beside) {
            swap(k, largest);
            return single(k);
        }
        swap(k + 1, largest);
        return pair(k);
    }

    /** Exchanges rows and columns a and b, a &lt;= b, of what is left, and the finished rows of L with them. */
    private void swap(int a, int b) {
        if (a == b) {
            return;
        }
        for (int j = 0; j < a; j++) {
            double entry = rows[a][j];
            rows[a][j] = rows[b][j];
            rows[b][j] = entry;
        }
        for (int i = a + 1; i < b; i++) {
            double entry = rows[i][a];
            rows[i][a] = rows[b][i];
            rows[b][i] = entry;
        }
        for (int i = b + 1; i < n; i++) {
            double entry = rows[i][a];
            rows[i][a] = rows[i][b];
            rows[i][b] = entry;
        }
        double diagonal = rows[a][a];
        rows[a][a] = rows[b][b];
        rows[b][b] = diagonal;
        int index = order[a];
        order[a] = order[b];
        order[b] = index;
    }

    private int single(int k) {
        double pivot = rows[k][k];
        if (pivot != 0) {
            double[] column = column(k);
            for (int i = k + 1; i < n; i++) {
                double l = column[i] / pivot;
                subtract(rows[i], column, k + 1, i + 1, l);
                rows[i][k] = l;
            }
        }
        return 1;
    }

    private int pair(int k) {
        pair[k] = true;
        double coupling = rows[k + 1][k];
        double a = rows[k][k] / coupling;
        double b = rows[k + 1][k + 1] / coupling;
        double scale = 1 / (a * b - 1) / coupling;
        double[] first = column(k);
        double[] second = column(k + 1);
        for (int i = k + 2; i < n; i++) {
            double l0 = scale * (b * first[i] - second[i]);
            double l1 = scale * (a * second[i] - first[i]);
            subtract(rows[i], first, k + 2, i + 1, l0);
            subtract(rows[i], second, k + 2, i + 1, l1);
            rows[i][k] = l0;
            rows[i][k + 1] = l1;
        }
        return 2;
    }

    private double[] column(int k) {
        double[] column = new double[n];
        for (int i = k + 1; i < n; i++) {
            column[i] = rows[i][k];
        }
        return column;
    }

    private static void subtract(double[] row, double[] column, int from, int to, double factor) {
        for (int j = from; j < to; j++) {
            row[j] = Math.fma(-factor, column[j], row[j]);
        }
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
            } else if (rows[k][k] * sign > 0) {
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
        for (int k = 0; k < n; k += pair[k] ? 2 : 1) {
            int end = k + (pair[k] ? 2 : 1);
            for (int i = end; i < n; i++) {
                for (int j = k; j < end; j++) {
                    x[i] = Math.fma(-rows[i][j], x[j], x[i]);
                }
            }
        }
        divide(x);
        for (int k = n - 1; k >= 0; k--) {
            boolean second = k > 0 && pair[k - 1];
            for (int i = k + 1; i < n; i++) {
                if (!(pair[k] && i == k + 1)) {
                    x[k] = Math.fma(-rows[i][k], x[i], x[k]);
                }
            }
            if (second) {
                k--;
                for (int i = k + 2; i < n; i++) {
                    x[k] = Math.fma(-rows[i][k], x[i], x[k]);
                }
            }
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
                double coupling = rows[k + 1][k];
                double a = rows[k][k] / coupling;
                double b = rows[k + 1][k + 1] / coupling;
                double scale = 1 / (a * b - 1) / coupling;
                double first = scale * (b * x[k] - x[k + 1]);
                x[k + 1] = scale * (a * x[k + 1] - x[k]);
                x[k] = first;
                k++;
            } else if (rows[k][k] == 0) {
                throw new ArithmeticException("singular: pivot " + k + " of " + n + " is zero");
            } else {
                x[k] /= rows[k][k];
            }
        }
    }
}

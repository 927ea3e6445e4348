package hesse.matrix;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.Block;
import hesse.kernel.Gemv;
import hesse.kernel.Ger;
import hesse.kernel.machine.Interrupts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A = Q R by Householder reflections (Golub and Van Loan, Matrix Computations, 4th ed., algorithm 5.2.1), for least
 * squares: backward stable where A'A would square the condition number. O(2 m n^2). Columns are scaled by powers of two
 * before, so that no square leaves the range; rows of very different sizes are taken from the largest down, which keeps
 * the small ones' digits (Cox and Higham, in Numerical Analysis 1997, Dundee, 1998).
 */
public final class Qr {
    /** Columns after which an interrupt is heard. */
    private static final int PANEL = 64;
    /** Rows whose sizes differ by more are taken in the order of their sizes, and even rows decide on the rank. */
    private static final double EVEN = 0x1p20;
    private static final int UNKNOWN = -2;
    private static final int NONE = -1;

    private final int m;
    private final int n;
    /** Column k of A was divided by 2^exponents[k], which makes its largest entry 1 to 2. */
    private final int[] exponents;
    /** Row i is row order[i] of A; null where rows stay where they are. */
    private final int[] order;
    /** R above and on the diagonal; below it is of no meaning. */
    private final double[] a;
    private final Block all;
    /** Row k holds reflector k's vector, zeros before entry k, and 1 there. */
    private final double[] vectors;
    private final Block reflectors;
    private final double[] factors;
    /** A with rows of even sizes where A has not, else null. */
    private final Matrix even;
    private int dependent = UNKNOWN;

    private Qr(Matrix matrix) {
        this.m = matrix.rows();
        this.n = matrix.columns();
        this.exponents = columnExponents(matrix);
        double[] scaled = new double[m * n];
        double[] sizes = scaleColumns(matrix.data(), scaled);
        boolean isEven = isEven(sizes);
        this.even = isEven ? null : evenRows(scaled, sizes);
        this.order = isEven ? null : byDecreasingSize(sizes);
        this.a = isEven ? scaled : new double[m * n];
        for (int i = 0; i < m && !isEven; i++) {
            System.arraycopy(scaled, order[i] * n, a, i * n, n);
        }
        this.all = Block.of(a, m, n);
        this.vectors = new double[n * m];
        this.reflectors = Block.of(vectors, n, m);
        this.factors = new double[n];
    }

    private int[] columnExponents(Matrix matrix) {
        double[] largest = new double[n];
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < n; k++) {
                largest[k] = Math.max(largest[k], Math.abs(matrix.data()[i * n + k]));
            }
        }
        int[] columnExponents = new int[n];
        Arrays.setAll(columnExponents, k -> exponent(largest[k]));
        return columnExponents;
    }

    /**
     * So that the size over 2^exponent is 1 to 2; 0 of zero and of what is not finite; subnormal numbers become less
     * than 1.
     */
    private static int exponent(double size) {
        return size == 0 || !Double.isFinite(size) ? 0 : Math.max(Double.MIN_EXPONENT, Math.getExponent(size));
    }

    /** Fills the scaled matrix and returns the sizes of its rows. */
    private double[] scaleColumns(double[] entries, double[] scaled) {
        double[] scales = new double[n];
        Arrays.setAll(scales, k -> Math.scalb(1.0, -exponents[k]));
        double[] sizes = new double[m];
        for (int i = 0; i < m; i++) {
            double size = 0;
            for (int k = 0; k < n; k++) {
                scaled[i * n + k] = scales[k] * entries[i * n + k];
                size = Math.max(size, Math.abs(scaled[i * n + k]));
            }
            sizes[i] = size;
        }
        return sizes;
    }

    /** Whether rows are of similar sizes, but for rows of zeros; numbers that are not finite have none. */
    private static boolean isEven(double[] sizes) {
        double largest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double size : sizes) {
            if (!Double.isFinite(size)) {
                return true;
            }
            largest = Math.max(largest, size);
            least = size == 0 ? least : Math.min(least, size);
        }
        return largest == 0 || largest <= EVEN * least;
    }

    private Matrix evenRows(double[] scaled, double[] sizes) {
        Matrix rows = Matrix.of(m, n);
        for (int i = 0; i < m; i++) {
            double scale = Math.scalb(1.0, -exponent(sizes[i]));
            for (int k = 0; k < n; k++) {
                rows.set(i, k, scale * scaled[i * n + k]);
            }
        }
        return rows;
    }

    private static int[] byDecreasingSize(double[] sizes) {
        return IntStream.range(0, sizes.length).boxed().sorted(Comparator.comparingDouble(i -> -sizes[i]))
                .mapToInt(i -> i).toArray();
    }

    /** Factors a matrix with at least as many rows as columns, which stays as it is. */
    public static Qr of(Matrix matrix) {
        if (matrix.rows() < matrix.columns()) {
            throw new IllegalArgumentException("least squares needs as many rows as columns, the matrix is "
                    + matrix.rows() + " x " + matrix.columns());
        }
        Qr qr = new Qr(matrix);
        double[] products = new double[qr.n];
        double[] scaled = new double[qr.m];
        for (int k = 0; k < qr.n; k++) {
            if (k > 0 && k % PANEL == 0) {
                Interrupts.check("a QR factorisation of", qr.n, "columns");
            }
            qr.reflect(k, products, scaled);
        }
        return qr;
    }

    private void reflect(int k, double[] products, double[] scaled) {
        int v = k * m;
        double largest = 0;
        for (int i = k; i < m; i++) {
            vectors[v + i] = a[i * n + k];
            largest = Math.max(largest, Math.abs(vectors[v + i]));
        }
        if (largest == 0) {
            return;
        }
        double square = 0;
        for (int i = k; i < m; i++) {
            square = fma(vectors[v + i] / largest, vectors[v + i] / largest, square);
        }
        double alpha = vectors[v + k];
        double beta = -Math.copySign(largest * Math.sqrt(square), alpha);
        factors[k] = (beta - alpha) / beta;
        for (int i = k + 1; i < m; i++) {
            vectors[v + i] /= alpha - beta;
        }
        vectors[v + k] = 1;
        for (int i = k; i < m; i++) {
            scaled[i] = -factors[k] * vectors[v + i];
        }
        int behind = n - k - 1;
        Block rest = all.part(k, k + 1, m - k, behind);
        Block sums = Block.vector(products, behind);
        Arrays.fill(products, 0);
        Gemv.addTransposed(rest, Block.vector(vectors, v + k, m - k), sums);
        Ger.add(rest, Block.vector(scaled, k, m - k), sums);
        a[k * n + k] = beta;
    }

    /** Entry (i, j) of R, 0 below the diagonal. */
    public double get(int i, int j) {
        if (i < 0 || i >= n || j < 0 || j >= n) {
            throw new IndexOutOfBoundsException("(" + i + ", " + j + ") of an R of " + n + " rows");
        }
        return i > j ? 0 : Math.scalb(a[i * n + j], exponents[j]);
    }

    /**
     * The x that makes |A x - b| smallest. A has full rank where no column, whatever its scale and those of the rows,
     * lies within 2^-52 (m + 4 n) of its length of the span of the others, which is what rounding may do to it; the
     * distance of column k is one over the length of row k of R's inverse.
     *
     * @throws ArithmeticException naming the column where A has no full rank
     */
    public double[] solve(double[] b) {
        Matrix.requireLength("the right-hand side", b.length, m);
        int column = dependentColumn();
        if (column >= 0) {
            throw new ArithmeticException("column " + column + " of " + n + " depends on those before it");
        }
        double largest = 0;
        for (double entry : b) {
            largest = Math.max(largest, Math.abs(entry));
        }
        int exponent = exponent(largest);
        double scale = Math.scalb(1.0, -exponent);
        double[] y = new double[m];
        for (int i = 0; i < m; i++) {
            y[i] = scale * b[order == null ? i : order[i]];
        }
        double[] step = new double[1];
        Block one = Block.vector(step, 1);
        for (int k = 0; k < n; k++) {
            Block vector = reflectors.part(k, k, 1, m - k);
            Block rest = Block.vector(y, k, m - k);
            Gemv.multiply(vector, rest, one);
            step[0] *= -factors[k];
            Gemv.addTransposed(vector, one, rest);
        }
        double[] x = new double[n];
        for (int k = n - 1; k >= 0; k--) {
            Gemv.multiply(all.part(k, k + 1, 1, n - k - 1), Block.vector(x, k + 1, n - k - 1), one);
            x[k] = (y[k] - step[0]) / a[k * n + k];
        }
        for (int k = 0; k < n; k++) {
            x[k] = Math.scalb(x[k], exponent - exponents[k]);
        }
        return x;
    }

    /** The last column that depends on others, or NONE; asked for the first time it is found. */
    private int dependentColumn() {
        if (dependent == UNKNOWN) {
            int column = findDependent();
            dependent = column >= 0 && even != null ? of(even).findDependent() : column;
        }
        return dependent;
    }

    /**
     * From the inverse of R, row by row from the last: row k holds the multiples of Q' that make column k, and no
     * other, 1.
     */
    private int findDependent() {
        double limit = 0x1p52 / (m + 4.0 * n);
        double[] lengths = columnLengths();
        if (!(Arrays.stream(lengths).sum() <= Double.MAX_VALUE)) {
            return NONE;
        }
        double[] space = new double[n * n];
        Block inverse = Block.of(space, n, n);
        double[] negated = new double[n];
        for (int k = n - 1; k >= 0; k--) {
            int behind = n - k - 1;
            for (int j = k + 1; j < n; j++) {
                negated[j] = -a[k * n + j];
            }
            Block row = inverse.part(k, k + 1, 1, behind);
            Gemv.addTransposed(inverse.part(k + 1, k + 1, behind, behind), Block.vector(negated, k + 1, behind), row);
            space[k * n + k] = 1;
            double square = 0;
            for (int j = k; j < n; j++) {
                space[k * n + j] /= a[k * n + k];
                square = fma(space[k * n + j], space[k * n + j], square);
            }
            if (!(lengths[k] * Math.sqrt(square) < limit)) {
                return k;
            }
        }
        return NONE;
    }

    /** Of the columns of R, which are those of A. */
    private double[] columnLengths() {
        double[] lengths = new double[n];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i <= k; i++) {
                lengths[k] = fma(a[i * n + k], a[i * n + k], lengths[k]);
            }
            lengths[k] = Math.sqrt(lengths[k]);
        }
        return lengths;
    }
}

package hesse.run;

import hesse.kernel.Gemm;
import hesse.kernel.Gemv;
import hesse.kernel.Gram;
import hesse.kernel.Tiles;
import hesse.kernel.Transpose;
import hesse.plan.Derivative;
import hesse.plan.Plan;
import java.util.Arrays;

/**
 * A plan's sum over some rows: what its outputs add to, then one vector for each spread, one matrix for each gram, tiles of the lower
 * triangle where it is symmetric, and one for each outer product. Columns enter where they lie, other vectors of outer products are kept
 * row by row, and many rows at a time pass through the kernels of matrix products: each entry is a chain of multiply-adds in the order of
 * the rows.
 */
final class Partial {
    private final Plan plan;
    /** Where each spread's vector, each gram's matrix and each outer product's starts, and the end. */
    private final int[] start;
    /**
     * For the left and the right vector of each outer product in turn where it starts among the numbers that {@link #keep} keeps of a row,
     * or -1 - c where it is column c as it lies.
     */
    private final int[] vectors;
    /** How many numbers that are. */
    private final int kept;
    /** Of so many rows at most. */
    private final int stage;

    Partial(Plan plan) {
        this.plan = plan;
        this.start = new int[weights() + plan.outers().length + 1];
        start[0] = plan.places() == null ? plan.resultSize() : plan.places().length;
        int k = 0;
        for (Plan.Spread spread : plan.spreads()) {
            start[k + 1] = require((long) start[k++] + spread.form().width());
        }
        for (Plan.Gram gram : plan.grams()) {
            int width = gram.left().width();
            long size = gram.isSymmetric() ? Tiles.length(width, Tiles.size(width)) : (long) width * gram.right().width();
            start[k + 1] = require(start[k++] + size);
        }
        for (Plan.Outer outer : plan.outers()) {
            start[k + 1] = require(start[k++] + (long) outer.rows() * outer.columns());
        }
        this.vectors = new int[2 * plan.outers().length];
        int numbers = 0;
        for (int v = 0; v < vectors.length; v++) {
            int column = plan.column(slotOfVector(plan, v), width(v));
            vectors[v] = column < 0 ? numbers : -1 - column;
            numbers += column < 0 ? width(v) : 0;
        }
        this.kept = numbers;
        this.stage = RowSum.stageOf(kept);
        require((long) Workspace.LANES * Math.max(direct(), kept));
    }

    /** A length of an array that a sum over rows needs. */
    private static int require(long numbers) {
        if (numbers > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a sum over rows needs an array of " + numbers + " numbers, an array holds at most "
                    + (Integer.MAX_VALUE - 8));
        }
        return (int) numbers;
    }

    private static int slotOfVector(Plan plan, int v) {
        Plan.Outer outer = plan.outers()[v / 2];
        return v % 2 == 0 ? outer.left() : outer.right();
    }

    private int width(int v) {
        Plan.Outer outer = plan.outers()[v / 2];
        return v % 2 == 0 ? outer.rows() : outer.columns();
    }

    /** Entries that outputs add to. */
    int direct() {
        return start[0];
    }

    int size() {
        return start[start.length - 1];
    }

    /** How many numbers of each row are kept until its stage ends. */
    int kept() {
        return kept;
    }

    /** Whether columns or kept vectors are multiplied with each other, many rows at a time. */
    boolean multiplies() {
        return plan.grams().length + plan.outers().length > 0;
    }

    /** Keeps the vectors of a row from the arena, each array row-major. */
    void keep(Workspace w, int row) {
        double[] to = w.factors(kept * stage);
        for (int v = 0; v < vectors.length; v++) {
            if (vectors[v] >= 0) {
                System.arraycopy(w.arena, slotOfVector(plan, v), to, vectors[v] * stage + row * width(v), width(v));
            }
        }
    }

    /** Keeps the vectors of rows from a block. */
    void keep(Workspace w, LaneTier tier, double[] d, int row, int count) {
        double[] to = w.factors(kept * stage);
        for (int v = 0; v < vectors.length; v++) {
            if (vectors[v] >= 0) {
                Transpose.columns(d, tier.block(slotOfVector(tier.plan, v)), width(v), tier.size, count, to,
                        vectors[v] * stage + row * width(v), width(v));
            }
        }
    }

    /** How many numbers of each row belong to spreads and grams. */
    int weights() {
        return plan.spreads().length + plan.grams().length;
    }

    /** The slot of such a number in a plan, which may be this one by regions. */
    static int slot(Plan plan, int k) {
        int spreads = plan.spreads().length;
        return k < spreads ? plan.spreads()[k].slot() : plan.grams()[k - spreads].slot();
    }

    /**
     * Adds the spreads of rows of a window.
     *
     * @param weights their numbers, {@code stride} apart, each of all rows of the window
     */
    void spread(Workspace w, int row, int count, double[] weights, int stride, double[] sum, boolean lanes) {
        Window rows = w.window;
        for (int k = 0; k < plan.spreads().length; k++) {
            int width = plan.spreads()[k].form().width();
            int column = plan.spreads()[k].form().column();
            Gemv.addTransposed(lanes, rows.data(column), rows.from(column) + row * width, width, count, width, weights, k * stride + row, sum, start[k]);
        }
    }

    /** Adds the grams and outer products of the rows in a window. */
    void add(Workspace w, int count, double[] weights, int stride, double[] sum, boolean lanes) {
        Window rows = w.window;
        int k = plan.spreads().length;
        for (Plan.Gram gram : plan.grams()) {
            int width = gram.left().width();
            int left = gram.left().column();
            int right = gram.right().column();
            if (gram.isSymmetric()) {
                Gram.lower(lanes, rows.data(left), rows.from(left), count, width, weights, k * stride, sum, start[k], Tiles.size(width));
            } else {
                double[] scratch = w.scratch(count * width);
                scale(rows.data(left), rows.from(left), count, width, weights, k * stride, scratch);
                Gemm.multiplyTransposed(lanes, scratch, 0, width, rows.data(right), rows.from(right), gram.right().width(),
                        sum, start[k], gram.right().width(), width, gram.right().width(), count);
            }
            k++;
        }
        for (int v = 0; v < vectors.length; v += 2) {
            int m = width(v);
            int n = width(v + 1);
            Gemm.multiplyTransposed(lanes, data(w, v), from(w, v), m, data(w, v + 1), from(w, v + 1), n, sum, start[k++], n, m, n, count);
        }
    }

    private double[] data(Workspace w, int v) {
        return vectors[v] < 0 ? w.window.data(-1 - vectors[v]) : w.factors(kept * stage);
    }

    private int from(Workspace w, int v) {
        return vectors[v] < 0 ? w.window.from(-1 - vectors[v]) : vectors[v] * stage;
    }

    private static void scale(double[] a, int from, int rows, int width, double[] weights, int weight, double[] out) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < width; i++) {
                out[r * width + i] = weights[weight + r] * a[from + r * width + i];
            }
        }
    }

    /** The result that the sum over all rows stands for. */
    void finish(double[] sum, double[] result) {
        if (plan.places() == null) {
            System.arraycopy(sum, 0, result, 0, result.length);
            return;
        }
        Arrays.fill(result, 0);
        for (int i = 0; i < direct(); i++) {
            result[plan.places()[i]] += sum[i];
        }
        int k = 0;
        for (Plan.Spread spread : plan.spreads()) {
            finish(spread, sum, start[k++], result);
        }
        for (Plan.Gram gram : plan.grams()) {
            finish(gram, sum, start[k++], result);
        }
        for (Plan.Outer outer : plan.outers()) {
            int target = outer.target();
            for (int from = start[k++]; from < start[k]; from++) {
                result[target++] += sum[from];
            }
        }
    }

    private static void finish(Plan.Spread spread, double[] sum, int from, double[] result) {
        Plan.Form form = spread.form();
        for (int i = 0; i < form.width(); i++) {
            if (spread.parameter() < 0) {
                result[spread.target() + form.parameter(i)] += sum[from + i];
            } else {
                addCross(result, spread.target(), form.parameter(i), spread.parameter(), sum[from + i]);
            }
        }
    }

    private static void finish(Plan.Gram gram, double[] sum, int from, double[] result) {
        Plan.Form left = gram.left();
        Plan.Form right = gram.right();
        int tile = Tiles.size(left.width());
        for (int i = 0; i < left.width(); i++) {
            for (int j = 0; j < (gram.isSquare() ? i + 1 : right.width()); j++) {
                double value = sum[from + (gram.isSymmetric() ? Tiles.index(Math.max(i, j), Math.min(i, j), tile) : i * right.width() + j)];
                if (gram.isSquare()) {
                    result[gram.target() + packed(left.parameter(i), right.parameter(j))] += value;
                } else {
                    addCross(result, gram.target(), left.parameter(i), right.parameter(j), value);
                }
            }
        }
    }

    /** Adds to (p, q) and to (q, p) of a symmetric matrix, of which the lower triangle is kept. */
    private static void addCross(double[] result, int target, int p, int q, double value) {
        result[target + packed(p, q)] += p == q ? 2 * value : value;
    }

    private static int packed(int p, int q) {
        return Derivative.packedIndex(Math.max(p, q), Math.min(p, q));
    }
}

package hesse.run;

import hesse.kernel.Gemm;
import hesse.kernel.Gemv;
import hesse.kernel.Gram;
import hesse.kernel.Tiles;
import hesse.plan.Derivative;
import hesse.plan.Plan;
import java.util.Arrays;

/**
 * A plan's sum over some rows: what its outputs add to, then one vector for each spread, then one matrix for each gram, tiles of
 * the lower triangle where it is symmetric. Columns enter where they lie, many rows at a time, by the kernels of matrix products:
 * each entry is a chain of multiply-adds in the order of the rows.
 */
final class Partial {
    private final Plan plan;
    /** Where each spread's vector and then each gram's matrix starts, and the end. */
    private final int[] start;

    Partial(Plan plan) {
        this.plan = plan;
        this.start = new int[weights() + 1];
        start[0] = plan.places() == null ? plan.resultSize() : plan.places().length;
        int k = 0;
        for (Plan.Spread spread : plan.spreads()) {
            start[k + 1] = Math.addExact(start[k++], spread.form().width());
        }
        for (Plan.Gram gram : plan.grams()) {
            int width = gram.left().width();
            int size = gram.isSymmetric() ? Tiles.length(width, Tiles.size(width)) : Math.multiplyExact(width, gram.right().width());
            start[k + 1] = Math.addExact(start[k++], size);
        }
    }

    /** Entries that outputs add to. */
    int direct() {
        return start[0];
    }

    int size() {
        return start[weights()];
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
     * Adds spreads and grams of the rows in a window.
     *
     * @param weights their numbers, {@code stride} apart, each of all rows
     */
    void add(Workspace w, int count, double[] weights, int stride, double[] sum, boolean lanes) {
        Window rows = w.window;
        int k = 0;
        for (Plan.Spread spread : plan.spreads()) {
            int width = spread.form().width();
            int column = spread.form().column();
            Gemv.addTransposed(lanes, rows.data(column), rows.from(column), width, count, width, weights, k * stride, sum, start[k]);
            k++;
        }
        for (Plan.Gram gram : plan.grams()) {
            int width = gram.left().width();
            int left = gram.left().column();
            int right = gram.right().column();
            if (gram.isSymmetric()) {
                Gram.lower(lanes, rows.data(left), rows.from(left), count, width, weights, k * stride, sum, start[k], Tiles.size(width));
            } else {
                double[] scratch = w.scratch(Math.multiplyExact(stride, width));
                scale(rows.data(left), rows.from(left), count, width, weights, k * stride, scratch);
                Gemm.multiplyTransposed(lanes, scratch, 0, width, rows.data(right), rows.from(right), gram.right().width(),
                        sum, start[k], gram.right().width(), width, gram.right().width(), count);
            }
            k++;
        }
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

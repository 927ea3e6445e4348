package hesse.run;

import hesse.kernel.Gemm;
import hesse.kernel.Gemv;
import hesse.kernel.Gram;
import hesse.kernel.Tiles;
import hesse.kernel.Transpose;
import hesse.plan.Plan;
import hesse.plan.Steps;
import hesse.tier.Executor;
import hesse.tier.Window;
import java.util.List;

/**
 * A plan's sum over some rows, in one array: the numbers that leave by outputs, then one vector for each spread, one
 * matrix for each gram, in tiles where it is symmetric, and one for each outer product. Columns enter by zero-copy,
 * other vectors of outer products are kept row by row, and many rows at a time pass through the kernels of matrix
 * products: each entry is a chain of multiply-adds in the order of the rows.
 */
final class PartialSum {
    private final Plan plan;
    private final Steps.Spread[] spreads;
    private final Steps.WeightedGram[] grams;
    private final Steps.Outer[] outers;
    /** Where each spread's vector, each gram's matrix and each outer product's starts, and the end. */
    private final int[] start;
    /**
     * For the left and the right vector of each outer product in turn where it starts among the numbers that are kept
     * of a row, or -1 - c where it is column c.
     */
    private final int[] vectors;
    /** How many numbers of each row are kept. */
    private final int kept;
    /** Of so many rows at most. */
    private final int stage;
    private final SumResult result;

    PartialSum(Plan plan) {
        this.plan = plan;
        this.spreads = plan.program().spreads().toArray(Steps.Spread[]::new);
        this.grams = plan.program().grams().toArray(Steps.WeightedGram[]::new);
        this.outers = plan.program().outers().toArray(Steps.Outer[]::new);
        this.start = new int[weights() + outers.length + 1];
        start[0] = plan.leaving();
        int k = 0;
        for (Steps.Spread spread : spreads) {
            start[k + 1] = require((long) start[k++] + spread.form().width());
        }
        for (Steps.WeightedGram gram : grams) {
            int width = gram.left().width();
            long size = gram.isSymmetric() ? Tiles.length(width, SumResult.tile(gram, plan.layout()))
                    : (long) width * gram.right().width();
            start[k + 1] = require(start[k++] + size);
        }
        for (Steps.Outer outer : outers) {
            start[k + 1] = require(start[k++] + (long) outer.rows() * outer.columns());
        }
        this.vectors = new int[2 * outers.length];
        int numbers = 0;
        for (int v = 0; v < vectors.length; v++) {
            int column = plan.column(slotOfVector(plan, v), width(v));
            vectors[v] = column < 0 ? numbers : -1 - column;
            numbers += column < 0 ? width(v) : 0;
        }
        this.kept = numbers;
        this.stage = Stage.of(kept);
        require((long) Stage.ACCUMULATORS * Math.max(direct(), kept));
        this.result = new SumResult(plan, spreads, grams, outers, start);
    }

    /** A length of an array that a sum over rows needs. */
    private static int require(long numbers) {
        if (numbers > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a sum over rows needs an array of " + numbers
                    + " numbers, an array holds at most " + (Integer.MAX_VALUE - 8));
        }
        return (int) numbers;
    }

    private static int slotOfVector(Plan plan, int v) {
        Steps.Outer outer = plan.program().outers().get(v / 2);
        return plan.slot(v % 2 == 0 ? outer.left() : outer.right());
    }

    private int width(int v) {
        Steps.Outer outer = outers[v / 2];
        return v % 2 == 0 ? outer.rows() : outer.columns();
    }

    /** How many numbers leave by outputs. */
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
        return grams.length + outers.length > 0;
    }

    /** Keeps the vectors of rows that an executor has run, each array row-major. */
    void keep(Workspace w, Executor.OverRows executor, int row, int count) {
        if (kept == 0) {
            return;
        }
        double[] to = w.factors(kept * stage);
        double[] numbers = executor.numbers(w.frame());
        for (int v = 0; v < vectors.length; v++) {
            if (vectors[v] >= 0) {
                int from = executor.at(slotOfVector(executor.plan(), v));
                int out = vectors[v] * stage + row * width(v);
                if (executor.rows() == 1) {
                    System.arraycopy(numbers, from, to, out, width(v));
                } else {
                    Transpose.columns(numbers, from, width(v), executor.rows(), count, to, out, width(v));
                }
            }
        }
    }

    /** How many numbers of each row belong to spreads and grams. */
    int weights() {
        return spreads.length + grams.length;
    }

    /** The slot of such a number in a plan, which may be this one by regions. */
    static int slot(Plan plan, int k) {
        List<Steps.Spread> spreads = plan.program().spreads();
        return plan.slot(k < spreads.size() ? spreads.get(k).number()
                : plan.program().grams().get(k - spreads.size()).number());
    }

    /**
     * Adds the spreads of rows of a window.
     *
     * @param weights their numbers, {@code stride} apart, each of all rows of the window
     */
    void spread(Window rows, int row, int count, double[] weights, int stride, double[] sum, boolean simd) {
        for (int k = 0; k < spreads.length; k++) {
            int width = spreads[k].form().width();
            int column = spreads[k].form().column();
            Gemv.addTransposed(simd, rows.data(column), rows.from(column) + row * width, width, count, width, weights,
                    k * stride + row, sum, start[k]);
        }
    }

    /** Adds the grams and outer products of the rows in a window. */
    void add(Workspace w, int count, double[] weights, int stride, double[] sum, boolean simd) {
        Window rows = w.frame().window();
        int k = spreads.length;
        for (Steps.WeightedGram gram : grams) {
            int width = gram.left().width();
            int left = gram.left().column();
            int right = gram.right().column();
            if (gram.isSymmetric()) {
                Gram.lower(simd, rows.data(left), rows.from(left), count, width, weights, k * stride, sum,
                        start[k], SumResult.tile(gram, plan.layout()));
            } else {
                double[] scratch = w.scratch(count * width);
                scale(rows.data(left), rows.from(left), count, width, weights, k * stride, scratch);
                Gemm.multiplyTransposed(simd, scratch, 0, width, rows.data(right), rows.from(right),
                        gram.right().width(),
                        sum, start[k], gram.right().width(), width, gram.right().width(), count);
            }
            k++;
        }
        for (int v = 0; v < vectors.length; v += 2) {
            int m = width(v);
            int n = width(v + 1);
            Gemm.multiplyTransposed(simd, data(w, v), from(w, v), m, data(w, v + 1), from(w, v + 1), n,
                    sum, start[k++], n, m, n, count);
        }
    }

    private double[] data(Workspace w, int v) {
        return vectors[v] < 0 ? w.frame().window().data(-1 - vectors[v]) : w.factors(kept * stage);
    }

    private int from(Workspace w, int v) {
        return vectors[v] < 0 ? w.frame().window().from(-1 - vectors[v]) : vectors[v] * stage;
    }

    private static void scale(double[] a, int from, int rows, int width, double[] weights, int weight, double[] out) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < width; i++) {
                out[r * width + i] = weights[weight + r] * a[from + r * width + i];
            }
        }
    }

    /** What becomes of the sum over all rows. */
    SumResult result() {
        return result;
    }
}

package hesse.run;

import hesse.kernel.Gemm;
import hesse.kernel.Gemv;
import hesse.kernel.Gram;
import hesse.kernel.Tiles;
import hesse.kernel.Transpose;
import hesse.plan.Layout;
import hesse.plan.Layout.Part;
import hesse.plan.Plan;
import hesse.plan.Section;
import hesse.plan.Steps;
import hesse.tier.Executor;
import hesse.tier.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plan's sum over some rows, in one array: the numbers that leave by outputs, then one vector for each spread, one matrix for
 * each gram, in tiles where it is symmetric, and one for each outer product. Columns enter by zero-copy, other vectors of
 * outer products are kept row by row, and many rows at a time pass through the kernels of matrix products: each entry is a
 * chain of multiply-adds in the order of the rows.
 */
final class PartialSum {
    /** Outputs add row i of a chunk to accumulator i mod so many. */
    static final int ACCUMULATORS = 8;

    private final Plan plan;
    private final Steps.Spread[] spreads;
    private final Steps.Gram[] grams;
    private final Steps.Outer[] outers;
    private final Layout layout;
    /** Where each spread's vector, each gram's matrix and each outer product's starts, and the end. */
    private final int[] start;
    /** By number that leaves by an output the entry of the result that it belongs to. */
    private final int[] entries;
    /**
     * For the left and the right vector of each outer product in turn where it starts among the numbers that are kept of a
     * row, or -1 - c where it is column c.
     */
    private final int[] vectors;
    /** How many numbers of each row are kept. */
    private final int kept;
    /** Of so many rows at most. */
    private final int stage;
    /** Edge of the tiles of the result's symmetric matrix. */
    private final int tile;

    PartialSum(Plan plan) {
        this.plan = plan;
        this.spreads = plan.program().spreads().toArray(Steps.Spread[]::new);
        this.grams = plan.program().grams().toArray(Steps.Gram[]::new);
        this.outers = plan.program().outers().toArray(Steps.Outer[]::new);
        this.layout = plan.layout();
        this.tile = isSymmetric() ? Tiles.size(layout.rows()) : 0;
        this.entries = entries(plan);
        this.start = new int[weights() + outers.length + 1];
        start[0] = entries.length;
        int k = 0;
        for (Steps.Spread spread : spreads) {
            start[k + 1] = require((long) start[k++] + spread.form().width());
        }
        for (Steps.Gram gram : grams) {
            int width = gram.left().width();
            long size = gram.isSymmetric() ? Tiles.length(width, tile(gram)) : (long) width * gram.right().width();
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
        this.stage = RowSum.stageOf(kept);
        require((long) ACCUMULATORS * Math.max(direct(), kept));
    }

    private static int[] entries(Plan plan) {
        return plan.sections().stream().flatMap(section -> Arrays.stream(section.outputs()).flatMap(output ->
                Stream.iterate(0, d -> d < Math.max(1, section.count()), d -> d + 1).map(d -> entries(output, d))))
                .flatMapToInt(Arrays::stream).toArray();
    }

    private static int[] entries(Section.Output output, int direction) {
        int[] entries = new int[output.length(direction)];
        Arrays.setAll(entries, i -> output.target(direction) + i * output.stride());
        return entries;
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

    private boolean isSymmetric() {
        return layout.form() == Layout.Form.PACKED;
    }

    /** Whether a gram's tiles are tiles of the result: it is of the first parameters. */
    private static boolean isOfFirst(Steps.Gram gram) {
        return gram.isSquare() && gram.left().from() == 0 && gram.left().stride() == 1;
    }

    private int tile(Steps.Gram gram) {
        return isOfFirst(gram) ? tile : Tiles.size(gram.left().width());
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

    /** Entries of the tiles of the result's symmetric matrix. */
    int tilesLength() {
        return isSymmetric() ? Tiles.length(layout.rows(), tile) : 0;
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
        return plan.slot(k < spreads.size() ? spreads.get(k).number() : plan.program().grams().get(k - spreads.size()).number());
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
        for (Steps.Gram gram : grams) {
            int width = gram.left().width();
            int left = gram.left().column();
            int right = gram.right().column();
            if (gram.isSymmetric()) {
                Gram.lower(simd, rows.data(left), rows.from(left), count, width, weights, k * stride, sum, start[k], tile(gram));
            } else {
                double[] scratch = w.scratch(count * width);
                scale(rows.data(left), rows.from(left), count, width, weights, k * stride, scratch);
                Gemm.multiplyTransposed(simd, scratch, 0, width, rows.data(right), rows.from(right), gram.right().width(),
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

    /**
     * The result that the sum over all rows stands for.
     *
     * @param result filled with all parts but a symmetric matrix
     * @param tiles filled with that, whole: diagonal tiles mirrored, padding zero
     */
    void finish(double[] sum, double[] result, double[] tiles) {
        Arrays.fill(result, 0);
        Arrays.fill(tiles, 0);
        int matrix = layout.from(Part.MATRIX);
        int row = 0;
        for (int k = 0; k < entries.length; k++) {
            int entry = entries[k] - matrix;
            if (!isSymmetric() || entry < 0) {
                result[entries[k]] += sum[k];
            } else {
                row = row(entry, row);
                tiles[Tiles.index(row, entry - Layout.packedIndex(row, 0), tile)] += sum[k];
            }
        }
        int k = 0;
        for (Steps.Spread spread : spreads) {
            finish(spread, sum, start[k++], result, tiles);
        }
        for (Steps.Gram gram : grams) {
            finish(gram, sum, start[k++], tiles);
        }
        for (Steps.Outer outer : outers) {
            int target = outer.target();
            for (int from = start[k++]; from < start[k]; from++) {
                result[target++] += sum[from];
            }
        }
        if (isSymmetric()) {
            Tiles.finish(tiles, layout.rows(), tile);
        }
    }

    /** Copies the symmetric matrix of a finished sum, if there is one, to its lower triangle by rows. */
    void pack(double[] tiles, double[] packed, int from) {
        int k = from;
        for (int i = 0; isSymmetric() && i < layout.rows(); i++) {
            for (int j = 0; j <= i; j++) {
                packed[k++] = tiles[Tiles.index(i, j, tile)];
            }
        }
    }

    /** The row of a packed entry, looked for from that of another one, as entries come mostly in order. */
    private static int row(int entry, int near) {
        int row = near;
        while (Layout.packedIndex(row, 0) > entry) {
            row--;
        }
        while (Layout.packedIndex(row + 1, 0) <= entry) {
            row++;
        }
        return row;
    }

    private void finish(Steps.Spread spread, double[] sum, int from, double[] result, double[] tiles) {
        Steps.Form form = spread.form();
        for (int i = 0; i < form.width(); i++) {
            if (spread.parameter() < 0) {
                result[spread.target() + form.parameter(i)] += sum[from + i];
            } else {
                addCross(tiles, form.parameter(i), spread.parameter(), sum[from + i]);
            }
        }
    }

    private void finish(Steps.Gram gram, double[] sum, int from, double[] tiles) {
        Steps.Form left = gram.left();
        Steps.Form right = gram.right();
        if (isOfFirst(gram)) {
            addLeading(left.width(), sum, from, tiles);
            return;
        }
        int edge = tile(gram);
        for (int i = 0; i < left.width(); i++) {
            for (int j = 0; j < (gram.isSquare() ? i + 1 : right.width()); j++) {
                double value = sum[from + (gram.isSymmetric()
                        ? Tiles.index(Math.max(i, j), Math.min(i, j), edge) : i * right.width() + j)];
                if (gram.isSquare()) {
                    tiles[index(left.parameter(i), right.parameter(j))] += value;
                } else {
                    addCross(tiles, left.parameter(i), right.parameter(j), value);
                }
            }
        }
    }

    /** Adds the lower triangle of the first rows, in tiles of the same edge. */
    private void addLeading(int rows, double[] sum, int from, double[] tiles) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= i; j += tile) {
                int at = Tiles.index(i, j, tile);
                int end = at + Math.min(tile, i + 1 - j);
                for (int k = at; k < end; k++) {
                    tiles[k] += sum[from + k];
                }
            }
        }
    }

    /** Adds to (p, q) and to (q, p) of a symmetric matrix, of which the lower triangle is kept. */
    private void addCross(double[] tiles, int p, int q, double value) {
        tiles[index(p, q)] += p == q ? 2 * value : value;
    }

    private int index(int p, int q) {
        return Tiles.index(Math.max(p, q), Math.min(p, q), tile);
    }
}

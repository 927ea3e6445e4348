package hesse.plan;

import hesse.graph.Values;
import java.util.HashMap;
import java.util.Map;

/**
 * A derivative program ready to run: steps in sections, and the arena they work on.
 *
 * <p>The sections nest: {@code constant} runs once in a plan's life, {@code shared} once a point, {@code row} once a row,
 * {@code direction} once for every unit vector at a point or row. Numbers leave by outputs, copied (or, in a sum over rows,
 * added) when their section has run, into a flat result of {@code resultSize} entries. In a sum over rows what belongs to a
 * linear form of a data column leaves by {@link Spread} and {@link Gram}, and an outer product by {@link Outer}.
 *
 * @param constants the known entries and their slots
 * @param point the slot of the point x
 * @param seed the slot of the seed vector, or -1
 * @param columns the data columns that are read
 * @param direction the slot of the unit vector, or -1
 * @param directions how many unit vectors there are
 * @param places where in the result the entries lie that outputs add to; null where that is the result itself
 */
public record Plan(
        int arenaSize,
        Constant[] constants,
        int point,
        int pointSize,
        int seed,
        int seedSize,
        Column[] columns,
        int direction,
        int directions,
        Section constant,
        Section shared,
        Section row,
        Section perDirection,
        int resultSize,
        int[] places,
        Spread[] spreads,
        Gram[] grams,
        Outer[] outers) {

    /** Entries known when the plan is built. */
    public record Constant(int slot, Values values) {}

    /** A data column's place; index {@link #ROW_SEED} is the weight of the row's values, {@link #POINT} the point where it is a row. */
    public record Column(int index, int slot, int width) {
        public static final int ROW_SEED = -1;
        public static final int POINT = -2;
    }

    /**
     * Steps of {@link #WIDTH} ints: operation ordinal, length, destination, three operands, strides, detail.
     *
     * @param details what structural steps need beyond the ints
     * @param operations how many scalar operations one run executes: entries of elementwise steps, multiply-adds of
     *     products, additions of sums, entries moved
     */
    public record Section(int[] code, Object[] details, Output[] outputs, long operations) {
        public static final int WIDTH = 8;
    }

    /** Entries that leave the arena: entry i goes to {@code target + i * stride}, {@code step} further in each direction. */
    public record Output(int slot, int length, int target, int stride, int step) {
        /** The step of a packed lower triangle: direction d fills its row d, the first d + 1 entries. */
        public static final int TRIANGLE = -1;
    }

    /**
     * A linear form of a row: z = sum over i of column[i] x[from + i stride].
     *
     * @param column which of the plan's columns
     */
    public record Form(int column, int width, int from, int stride) {
        /** The parameter that entry i of the column multiplies. */
        public int parameter(int i) {
            return from + i * stride;
        }
    }

    /**
     * A column of a row times one number of it: a form's part of a gradient, or of a Hessian's row of one parameter.
     *
     * @param slot the number
     * @param target where in the result the gradient, or the packed lower triangle, starts
     * @param parameter whose row of the Hessian; negative for a gradient
     */
    public record Spread(int slot, Form form, int target, int parameter) {}

    /**
     * The outer product of two columns of a row times one number of it: two forms' part of a Hessian.
     *
     * @param slot the number
     * @param target where in the result the packed lower triangle starts
     * @param isSquare whether both are one form, whose products stand in the Hessian once; else also transposed
     */
    public record Gram(int slot, Form left, Form right, int target, boolean isSquare) {
        /** Whether both are the same numbers, so that the sum over rows is a symmetric matrix. */
        public boolean isSymmetric() {
            return left.column == right.column;
        }
    }

    /**
     * The outer product of two vectors of a row, of which entry (i, j) is added to entry {@code target + i columns + j} of the result.
     *
     * @param left the slot of the vector of {@code rows} numbers
     * @param right the slot of that of {@code columns} numbers
     */
    public record Outer(int left, int rows, int right, int columns, int target) {}

    /** A reduction of {@code length} entries that lie {@code inner} apart. */
    public record Reduction(int length, int inner) {}

    /** A matrix product whose entries are summed with as many accumulators (see {@code SumOrder}). */
    public record Product(int rows, int inner, int columns, boolean leftTransposed, boolean rightTransposed, int accumulators) {}

    /** Parts copied into zeros: {@code offsets[i]} from slot {@code slots[i]}, {@code lengths[i]} entries. */
    public record Parts(int[] offsets, int[] slots, int[] lengths) {}

    /** The entries known when the plan was built, by slot. */
    public Map<Integer, Double> known() {
        Map<Integer, Double> known = new HashMap<>();
        for (Constant constant : constants) {
            for (int i = 0; i < constant.values().size(); i++) {
                known.put(constant.slot() + i, constant.values().get(i));
            }
        }
        return known;
    }

    /** Which of the columns lies at a slot as a whole, or -1. */
    public int column(int slot, int width) {
        for (int k = 0; k < columns.length; k++) {
            if (columns[k].slot == slot && columns[k].width == width && columns[k].index != Column.POINT) {
                return k;
            }
        }
        return -1;
    }

    /** The scalar operations that one evaluation executes, at one point or for one row. */
    public long operations() {
        long products = 0;
        for (Spread spread : spreads) {
            products += spread.form.width;
        }
        for (Gram gram : grams) {
            products += (long) gram.left.width * gram.right.width / (gram.isSymmetric() ? 2 : 1);
        }
        for (Outer outer : outers) {
            products += (long) outer.rows * outer.columns;
        }
        return shared.operations + row.operations + (long) directions * perDirection.operations + products;
    }
}

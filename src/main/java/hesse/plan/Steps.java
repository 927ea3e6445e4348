package hesse.plan;

import hesse.graph.Input;
import hesse.graph.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A derivative program over values: leaves, and a tree of loops whose steps write every other value once. Entries leave
 * it into a flat result, copied or (in a sum over rows) added; in a sum over rows what belongs to a linear form of a
 * data column leaves by {@link Spread} and {@link WeightedGram}, and an outer product by {@link Outer}. Where values
 * lie is the matter of {@link Placement}. {@link #toString} lists all of it.
 *
 * @param values how many values there are; they are numbered from 0
 * @param constants the values that are known
 * @param leaves the values that a call brings
 * @param root the outermost loop
 * @param over what a call evaluates many of, if anything
 */
public record Steps(int values, List<Known> constants, List<Leaf> leaves, Loop root, Layout layout, Body.Over over,
        List<Spread> spreads, List<WeightedGram> grams, List<Outer> outers) {

    /** A value whose entries are known. */
    public record Known(int value, Values entries) {}

    /** A value that a call brings: the point, a seed, a row of a column, a unit vector. */
    public record Leaf(int value, int size, Input input) {}

    /**
     * A linear form of a row: z = sum over i of column[i] x[from + i stride].
     *
     * @param column which of {@link #columns}
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
     * @param target where in the result the gradient starts; of no use for a Hessian
     * @param parameter whose row of the Hessian; negative for a gradient
     */
    public record Spread(Operand number, Form form, int target, int parameter) {}

    /**
     * The outer product of two columns of a row times one number of it: two forms' part of a Hessian.
     *
     * @param isSquare whether both are one form, whose products stand in the Hessian once; else also transposed
     */
    public record WeightedGram(Operand number, Form left, Form right, boolean isSquare) {
        /** Whether both are the same numbers, so that the sum over rows is a symmetric matrix. */
        public boolean isSymmetric() {
            return left.column == right.column;
        }
    }

    /**
     * The outer product of two vectors of a row, of which entry (i, j) is added to entry {@code target + i columns + j}
     * of the result.
     */
    public record Outer(Operand left, int rows, Operand right, int columns, int target) {}

    /** The point. */
    public Leaf point() {
        return leaf(Input.Role.POINT);
    }

    /** The leaf of a kind that there is once at most; null where there is none. */
    public Leaf leaf(Input.Role kind) {
        return leaves.stream().filter(leaf -> leaf.input.role() == kind).findFirst().orElse(null);
    }

    /** How many entries the seed has; 0 where there is none. */
    public int seedSize() {
        return leaves.stream().filter(leaf -> leaf.input.role() == Input.Role.SEED).mapToInt(Leaf::size).sum();
    }

    /** What a row has: data columns, the weight of its values, and the point where a row is one. */
    public List<Leaf> columns() {
        return leaves.stream().filter(leaf -> isOfRow(leaf.input, over)).toList();
    }

    /** Whether a leaf changes with the row. */
    static boolean isOfRow(Input input, Body.Over over) {
        return switch (input.role()) {
            case COLUMN, ROW_SEED -> true;
            case POINT -> over == Body.Over.POINTS;
            case SEED, DIRECTION -> false;
        };
    }

    /** The loop of a rate; one without steps where the program has none. */
    public Loop loop(Loop.Rate rate) {
        return root.all().filter(loop -> loop.rate() == rate).findFirst()
                .orElse(new Loop(rate, 0, List.of(), List.of(), List.of()));
    }

    /** How many unit vectors there are. */
    public int directions() {
        return loop(Loop.Rate.DIRECTION).count();
    }

    /** The known numbers, by entry. */
    Map<Operand, Double> known() {
        Map<Operand, Double> known = new HashMap<>();
        for (Known constant : constants) {
            for (int i = 0; i < constant.entries.size(); i++) {
                known.put(new Operand(constant.value, i), constant.entries.get(i));
            }
        }
        return known;
    }

    /** What is read when all steps have run. */
    Stream<Operand> read() {
        return Stream.of(root.all().flatMap(loop -> loop.leaving().stream()).map(Loop.Leaving::source),
                spreads.stream().map(Spread::number), grams.stream().map(WeightedGram::number),
                outers.stream().flatMap(outer -> Stream.of(outer.left, outer.right))).flatMap(read -> read);
    }

    /**
     * The same after the steps of one loop were changed.
     *
     * @param now by value what stands for it now, wherever it is read outside that loop
     */
    Steps changed(int newValues, List<Known> newConstants, Loop.Rate rate, List<PlanStep> steps, IntUnaryOperator now) {
        UnaryOperator<Operand> map = operand -> new Operand(now.applyAsInt(operand.value()), operand.offset());
        return new Steps(newValues, newConstants, leaves, root.with(rate, steps, root.leavingFrom(rate, map)),
                layout, over,
                spreads.stream().map(s -> new Spread(map.apply(s.number), s.form, s.target, s.parameter)).toList(),
                grams.stream().map(g -> new WeightedGram(map.apply(g.number), g.left, g.right, g.isSquare)).toList(),
                outers.stream().map(o -> new Outer(map.apply(o.left), o.rows, map.apply(o.right), o.columns, o.target))
                .toList());
    }

    /** The same with other steps in one loop. */
    Steps with(Loop.Rate rate, List<PlanStep> steps) {
        return changed(values, constants, rate, steps, value -> value);
    }

    /** The same without its steps, where nobody will ask for them again. */
    Steps withoutSteps() {
        return new Steps(values, constants, leaves, root.withoutSteps(), layout, over, spreads, grams, outers);
    }

    @Override
    public String toString() {
        return new Listing(this).text();
    }
}

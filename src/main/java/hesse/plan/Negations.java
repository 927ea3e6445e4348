package hesse.plan;

import hesse.graph.Op;
import hesse.graph.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Negations of a program moved to where they cost least: -(a b) is (-a) b and c - a b is (-a) b + c, to the last bit and the sign of a
 * zero, whichever factor of a product of products is negated. A constant is negated for nothing, and what several need negated once.
 * Compilers do not find that (there is no instruction for c - a b that C2 uses).
 */
final class Negations {
    /** How deep a product of products is searched for a factor. */
    private static final int DEPTH = 3;

    /** An operand of a step. */
    private record Place(int step, int operand) {}

    /** An entry of a value; see {@link Fusion.Step}. */
    private record Number(int value, int offset) {}

    private final List<Fusion.Step> before;
    private final Predicate<Fusion.Step> isArithmetic;
    private final int[] readers;
    private final Plan plan;
    private final Map<Integer, Double> known;
    private final Set<Place> flipped = new HashSet<>();
    /** By steps that change: c - a b with a negated factor, or a negation that a factor takes. */
    private final boolean[] changed;

    private final List<Fusion.Step> steps = new ArrayList<>();
    private final List<Plan.Constant> added = new ArrayList<>();
    /** By value before its value now. */
    private final int[] now;
    private final Map<Number, Integer> negated = new HashMap<>();

    /**
     * Rewrites.
     *
     * @param before the k-th computes value k
     * @param isArithmetic which may change
     * @param leaving values that are read from outside
     * @param plan whose constants are known; new ones stand behind its arena
     */
    Negations(List<Fusion.Step> before, Predicate<Fusion.Step> isArithmetic, IntStream leaving, Plan plan) {
        this.before = before;
        this.isArithmetic = isArithmetic;
        this.plan = plan;
        this.known = plan.known();
        this.readers = new int[before.size()];
        this.changed = new boolean[before.size()];
        this.now = new int[before.size()];
        leaving.forEach(value -> readers[value]++);
        before.forEach(step -> Arrays.stream(step.operands()).filter(value -> value >= 0).forEach(value -> readers[value]++));
        choose();
        for (int k = 0; k < before.size(); k++) {
            now[k] = rewritten(k);
        }
    }

    List<Fusion.Step> steps() {
        return steps;
    }

    int now(int value) {
        return value < 0 ? value : now[value];
    }

    /** Those of the plan, and one slot each behind its arena. */
    Plan.Constant[] constants() {
        return Stream.concat(Arrays.stream(plan.constants()), added.stream()).toArray(Plan.Constant[]::new);
    }

    /** The first slot that is still free. */
    int firstFree() {
        return plan.arenaSize() + added.size();
    }

    /** Which factors are negated: constants, what is negated anyway, and what most would have. */
    private void choose() {
        Map<Integer, List<Place>> wanted = new HashMap<>();
        Map<Number, Integer> votes = new HashMap<>();
        Set<Number> available = new HashSet<>();
        for (int k = 0; k < before.size(); k++) {
            List<Place> places = factors(k);
            if (!places.isEmpty()) {
                wanted.put(k, places);
                places.stream().map(this::number).distinct().forEach(number -> votes.merge(number, 1, Integer::sum));
            } else if (before.get(k).op() == Op.NEGATE && isArithmetic.test(before.get(k))) {
                available.add(number(new Place(k, 0)));
            }
        }
        for (int k = 0; k < before.size(); k++) {
            Place best = null;
            int most = 1;
            for (Place place : wanted.getOrDefault(k, List.of())) {
                Number number = number(place);
                int worth = isKnown(number) ? Integer.MAX_VALUE : available.contains(number) ? Integer.MAX_VALUE - 1 : votes.get(number);
                if (worth > most) {
                    most = worth;
                    best = place;
                }
            }
            if (best != null) {
                flipped.add(best);
                available.add(number(best));
                changed[k] = true;
            }
        }
    }

    /** The factors of which a step would have one negated. */
    private List<Place> factors(int k) {
        List<Place> places = new ArrayList<>();
        if (isArithmetic.test(before.get(k)) && before.get(k).op() == Op.FNMA) {
            collect(new Place(k, 0), DEPTH, places);
            collect(new Place(k, 1), DEPTH, places);
        } else if (isArithmetic.test(before.get(k)) && before.get(k).op() == Op.NEGATE && isProduct(before.get(k).operands()[0])) {
            collect(new Place(k, 0), DEPTH, places);
        }
        return places;
    }

    private void collect(Place place, int depth, List<Place> places) {
        int value = number(place).value;
        if (depth > 0 && isProduct(value)) {
            collect(new Place(value, 0), depth - 1, places);
            collect(new Place(value, 1), depth - 1, places);
        } else {
            places.add(place);
        }
    }

    /** Whether a value is a product that only one step reads, so that its sign may change. */
    private boolean isProduct(int value) {
        return value >= 0 && readers[value] == 1 && before.get(value).op() == Op.MULTIPLY && isArithmetic.test(before.get(value));
    }

    private Number number(Place place) {
        Fusion.Step step = before.get(place.step);
        return new Number(step.operands()[place.operand], step.offsets()[place.operand]);
    }

    private boolean isKnown(Number number) {
        return number.value < 0 && known.containsKey(~number.value);
    }

    /** The value that a step becomes. */
    private int rewritten(int k) {
        Fusion.Step step = before.get(k);
        if (changed[k] && step.op() == Op.NEGATE) {
            return now[step.operands()[0]];
        }
        if (step.op() == Op.NEGATE && isArithmetic.test(step)) {
            return negated(number(new Place(k, 0)));
        }
        int[] operands = step.operands().clone();
        int[] offsets = step.offsets().clone();
        for (int j = 0; j < operands.length; j++) {
            if (flipped.contains(new Place(k, j))) {
                operands[j] = negated(number(new Place(k, j)));
                offsets[j] = 0;
            } else {
                operands[j] = now(operands[j]);
            }
        }
        return add(changed[k] ? Op.FMA : step.op(), step, operands, offsets);
    }

    private int add(Op op, Fusion.Step like, int[] operands, int[] offsets) {
        steps.add(new Fusion.Step(op, like.count(), steps.size(), operands, offsets, like.strides(), like.detail()));
        return steps.size() - 1;
    }

    /** Minus a number, as an operand. */
    private int negated(Number number) {
        Integer there = negated.get(number);
        if (there == null) {
            if (isKnown(number)) {
                int slot = firstFree();
                added.add(new Plan.Constant(slot, new Values(-known.get(~number.value))));
                there = ~slot;
            } else {
                steps.add(new Fusion.Step(Op.NEGATE, 1, steps.size(), new int[] {now(number.value)}, new int[] {number.offset}, 0, null));
                there = steps.size() - 1;
            }
            negated.put(number, there);
        }
        return there;
    }
}

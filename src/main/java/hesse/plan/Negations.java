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

/**
 * Negations moved to where they cost least: -(a b) is (-a) b and c - a b is (-a) b + c, to the last bit and the sign of
 * a zero, whichever factor of a product of products is negated. A constant is negated for nothing, and what several
 * need negated once. Compilers do not find that (there is no instruction for c - a b that C2 uses).
 */
final class Negations {
    /** How deep a product of products is searched for a factor. */
    private static final int DEPTH = 3;

    /** An operand of the step that writes a value. */
    private record Place(int value, int operand) {}

    private final Steps program;
    private final Loop loop;
    private final Predicate<PlanStep> isArithmetic;
    /** By value the step of the loop that writes it, or null. */
    private final PlanStep[] writer;
    private final int[] readers;
    private final Map<Operand, Double> known;
    private final Set<Place> flipped = new HashSet<>();
    /** By value whether its step changes: c - a b with a negated factor, or a negation that a factor takes. */
    private final boolean[] changed;

    private final List<PlanStep> steps = new ArrayList<>();
    private final List<Steps.Known> constants;
    private int values;
    /** By value what stands for it now. */
    private final int[] now;
    private final Map<Operand, Integer> negated = new HashMap<>();

    private Negations(Steps program, Loop.Rate rate, Predicate<PlanStep> isArithmetic) {
        this.program = program;
        this.loop = program.loop(rate);
        this.isArithmetic = isArithmetic;
        this.known = program.known();
        this.values = program.values();
        this.constants = new ArrayList<>(program.constants());
        this.writer = new PlanStep[values];
        this.readers = new int[values];
        this.changed = new boolean[values];
        this.now = new int[values];
        Arrays.setAll(now, value -> value);
        loop.steps().forEach(step -> writer[step.value()] = step);
        loop.steps().forEach(step -> Arrays.stream(step.operands()).forEach(value -> readers[value]++));
        program.read().forEach(read -> readers[read.value()]++);
    }

    /**
     * A program whose loop of a rate computes the same with fewer negations.
     *
     * @param isArithmetic which steps may change
     */
    static Steps moved(Steps program, Loop.Rate rate, Predicate<PlanStep> isArithmetic) {
        Negations negations = new Negations(program, rate, isArithmetic);
        negations.choose();
        negations.loop.steps().forEach(negations::rewrite);
        return program.changed(negations.values, negations.constants, rate, negations.steps,
                value -> negations.now[value]);
    }

    private boolean is(Op op, PlanStep step) {
        return step != null && step.scalarOp() == op && isArithmetic.test(step);
    }

    /** Which factors are negated: constants, what is negated anyway, and what most would have. */
    private void choose() {
        Map<Integer, List<Place>> wanted = new HashMap<>();
        Map<Operand, Integer> votes = new HashMap<>();
        Set<Operand> available = new HashSet<>();
        for (PlanStep step : loop.steps()) {
            List<Place> places = factors(step);
            if (!places.isEmpty()) {
                wanted.put(step.value(), places);
                places.stream().map(this::operand).distinct().forEach(operand -> votes.merge(operand, 1, Integer::sum));
            } else if (is(Op.NEGATE, step)) {
                available.add(operand(new Place(step.value(), 0)));
            }
        }
        for (PlanStep step : loop.steps()) {
            Place best = null;
            int most = 1;
            for (Place place : wanted.getOrDefault(step.value(), List.of())) {
                Operand operand = operand(place);
                int worth = known.containsKey(operand) ? Integer.MAX_VALUE
                        : available.contains(operand) ? Integer.MAX_VALUE - 1 : votes.get(operand);
                if (worth > most) {
                    most = worth;
                    best = place;
                }
            }
            if (best != null) {
                flipped.add(best);
                available.add(operand(best));
                changed[step.value()] = true;
            }
        }
    }

    /** The factors of which a step would have one negated. */
    private List<Place> factors(PlanStep step) {
        List<Place> places = new ArrayList<>();
        if (is(Op.FNMA, step)) {
            collect(new Place(step.value(), 0), DEPTH, places);
            collect(new Place(step.value(), 1), DEPTH, places);
        } else if (is(Op.NEGATE, step) && isProduct(step.operands()[0])) {
            collect(new Place(step.value(), 0), DEPTH, places);
        }
        return places;
    }

    private void collect(Place place, int depth, List<Place> places) {
        int value = operand(place).value();
        if (depth > 0 && isProduct(value)) {
            collect(new Place(value, 0), depth - 1, places);
            collect(new Place(value, 1), depth - 1, places);
        } else {
            places.add(place);
        }
    }

    /** Whether a value is a product that only one step reads, so that its sign may change. */
    private boolean isProduct(int value) {
        return readers[value] == 1 && is(Op.MULTIPLY, writer[value]);
    }

    private Operand operand(Place place) {
        return writer[place.value].operand(place.operand);
    }

    private void rewrite(PlanStep step) {
        if (is(Op.NEGATE, step)) {
            now[step.value()] = changed[step.value()] ? now[step.operands()[0]] : negated(step.operand(0));
            return;
        }
        int[] operands = step.operands().clone();
        int[] offsets = step.offsets().clone();
        for (int k = 0; k < operands.length; k++) {
            if (flipped.contains(new Place(step.value(), k))) {
                operands[k] = negated(step.operand(k));
                offsets[k] = 0;
            } else {
                operands[k] = now[operands[k]];
            }
        }
        Action action = step.action() instanceof Action.Apply(Op _, int strides) && changed[step.value()]
                ? Action.Apply.of(Op.FMA, strides)
                : step.action();
        steps.add(new PlanStep(action, step.value(), step.count(), operands, offsets));
    }

    /** The value that is minus a number. */
    private int negated(Operand number) {
        return negated.computeIfAbsent(number, key -> {
            int value = values++;
            if (known.containsKey(number)) {
                constants.add(new Steps.Known(value, new Values(-known.get(number))));
            } else {
                steps.add(new PlanStep(Action.Apply.of(Op.NEGATE, 0), value, 1, new int[] {now[number.value()]},
                        new int[] {number.offset()}));
            }
            return value;
        });
    }
}

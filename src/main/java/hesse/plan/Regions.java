package hesse.plan;

import hesse.graph.Op;
import hesse.graph.Values;
import hesse.plan.Loop.Rate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A program with operations on single numbers gathered in regions, each to be compiled, its values in registers: the
 * arithmetic of the loop over rows for blocks of rows, all elementwise operations of a point for a point without rows.
 * What else there is (functions of blocks, products, array steps) stays a step; all steps are ordered anew ({@link
 * Schedule}), so that few values pass from one to another. Bits do not change.
 */
public final class Regions {
    /** Steps beyond which compiling takes longer than anyone waits. */
    private static final int MOST = 200_000;
    /** Below this a program gains nothing. */
    private static final int LEAST = 3;

    private final Set<Op> fused;

    private Regions(Set<Op> fused) {
        this.fused = fused;
    }

    /** Whether a program is small enough to be compiled. */
    public static boolean mayServe(Steps program) {
        return program.root().all().mapToInt(loop -> loop.steps().size()).sum() <= MOST;
    }

    /**
     * A program of rows by regions, or null where there is too little arithmetic, or where directions run through it.
     *
     * @param masks whether operations that work by masks become part of regions
     * @param largest operations of a region
     */
    public static Steps ofRows(Steps program, boolean masks, int largest) {
        Set<Op> fused = EnumSet.allOf(Op.class);
        fused.removeIf(op -> op.vector() == null || op.vector().masks() && !masks);
        // blocks of vectors are faster as written: C2 orders their operations itself
        return new Regions(fused).gathered(program, Rate.ROW, largest, Schedule.Order.AS_WRITTEN);
    }

    /** A program of a point without rows by regions, or null as of {@link #ofRows}. */
    public static Steps ofPoint(Steps program, int largest) {
        return new Regions(EnumSet.allOf(Op.class)).gathered(program, Rate.POINT, largest, Schedule.Order.SOON);
    }

    private boolean isArithmetic(PlanStep step) {
        return step.scalarOp() != null && fused.contains(step.scalarOp());
    }

    private Steps gathered(Steps program, Rate rate, int largest, Schedule.Order order) {
        List<PlanStep> before = program.loop(rate).steps();
        boolean enough = before.stream().filter(this::isArithmetic).count() >= LEAST;
        if (program.directions() > 0 || !enough || before.size() > MOST) {
            return null;
        }
        Steps moved = Negations.moved(program, rate, this::isArithmetic);
        Steps apart = rate == Rate.ROW && program.over() == Body.Over.POINTS ? withResultsApart(moved) : moved;
        List<PlanStep> steps = apart.loop(rate).steps();
        int[] writer = new int[apart.values()];
        Arrays.fill(writer, -1);
        for (int k = 0; k < steps.size(); k++) {
            writer[steps.get(k).value()] = k;
        }
        List<List<PlanStep>> groups = new Schedule<>(steps,
                step -> Arrays.stream(step.operands()).map(value -> writer[value]).toArray(),
                this::isArithmetic, largest, order)
                .groups();
        return apart.with(rate, regions(apart, groups));
    }

    private List<PlanStep> regions(Steps program, List<List<PlanStep>> groups) {
        int[] group = new int[program.values()];
        Arrays.fill(group, -1);
        for (int g = 0; g < groups.size(); g++) {
            for (PlanStep step : groups.get(g)) {
                group[step.value()] = g;
            }
        }
        // by value whether anything reads it outside its group
        boolean[] passes = new boolean[group.length];
        program.read().forEach(read -> passes[read.value()] = true);
        groups.stream().flatMap(List::stream).forEach(step -> {
            for (int value : step.operands()) {
                passes[value] |= group[value] != group[step.value()];
            }
        });
        return groups.stream().map(steps -> isArithmetic(steps.getFirst()) ? region(steps, group, passes)
                : steps.getFirst())
                .toList();
    }

    private static PlanStep region(List<PlanStep> steps, int[] group, boolean[] passes) {
        int[] stored = steps.stream().mapToInt(PlanStep::value).filter(value -> passes[value]).toArray();
        List<Operand> outside = steps.stream()
                .flatMap(step -> IntStream.range(0, step.operands().length).mapToObj(step::operand)
                .filter(operand -> group[operand.value()] != group[step.value()])).distinct().toList();
        return new PlanStep(new Action.Region(steps, stored), -1, 0,
                outside.stream().mapToInt(Operand::value).toArray(),
                outside.stream().mapToInt(Operand::offset).toArray());
    }

    /**
     * Results at many points that are zero, an entry of the point, or what another entry is too, as values of their
     * own: then all lie side by side and leave as they lie. The program as it is where that takes too many copies, or
     * arrays leave.
     */
    private static Steps withResultsApart(Steps program) {
        Loop rows = program.loop(Rate.ROW);
        boolean[] isFree = new boolean[program.values()];
        rows.steps().forEach(step -> isFree[step.value()] = step.count() == 1);
        boolean[] ofRow = new boolean[program.values()];
        rows.steps().forEach(step -> ofRow[step.value()] = true);
        Operand[] source = new Operand[program.layout().size()];
        for (Loop.Leaving leaving : rows.leaving()) {
            if (ofRow[leaving.source().value()] && !isFree[leaving.source().value()]) {
                return program;
            }
            for (int i = 0; i < leaving.length(); i++) {
                source[leaving.target() + i * leaving.stride()] =
                        new Operand(leaving.source().value(), leaving.source().offset() + i);
            }
        }
        List<Integer> copies = new ArrayList<>();
        for (int i = 0; i < source.length; i++) {
            if (source[i] == null || !isFree[source[i].value()]) {
                copies.add(i);
            } else {
                isFree[source[i].value()] = false;
            }
        }
        if (copies.isEmpty() || copies.size() > rows.steps().size() / 2) {
            return program;
        }
        int values = program.values();
        Operand zero = new Operand(values++, 0);
        Operand minusZero = new Operand(values++, 0);
        List<Steps.Known> constants = new ArrayList<>(program.constants());
        constants.add(new Steps.Known(zero.value(), new Values(0)));
        constants.add(new Steps.Known(minusZero.value(), new Values(-0.0)));
        List<PlanStep> steps = new ArrayList<>(rows.steps());
        for (int i : copies) {
            Operand from = source[i] == null ? zero : source[i];
            source[i] = new Operand(values++, 0);
            steps.add(new PlanStep(Action.Apply.of(Op.ADD, 0), source[i].value(), 1,
                    new int[] {from.value(), minusZero.value()}, new int[] {from.offset(), 0}));
        }
        List<Loop.Leaving> leaving = IntStream.range(0, source.length)
                .mapToObj(i -> new Loop.Leaving(source[i], 1, i, 1, 0)).toList();
        Loop root = program.root().with(Rate.ROW, steps, leaving);
        return new Steps(values, constants, program.leaves(), root, program.layout(), program.over(), program.spreads(),
                program.grams(), program.outers());
    }
}

package hesse.tier;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.graph.Input;
import hesse.graph.Op;
import hesse.kernel.machine.Interrupts;
import hesse.plan.Action;
import hesse.plan.Plan;
import hesse.plan.Section;
import hesse.plan.Steps;
import java.util.Arrays;

/**
 * The reference: plain loops over the steps of a section, one entry after the other, one row at a time. Every other
 * executor must give the same bits. Operands are read with stride 1, or 0 where they have one entry.
 */
public final class ReferenceTier implements Executor.AtPoint, Executor.OverRows {
    private static final Op[] OPS = Op.values();
    /** An interrupt is heard before so many steps, or a step of so many results. */
    private static final int LISTENS = 64;
    /** Operations of one point or row from which an interrupt is heard between its steps: some ten microseconds. */
    private static final long LONG = 20_000;

    private final Plan plan;
    private final boolean simd;
    private final boolean isLong;
    private final int point;
    private final int pointSize;
    private final int seed;
    private final int seedSize;
    private final int direction;

    /**
     * @param simd whether large matrix products are left to their kernel, with the same bits; else all are plain loops
     */
    public ReferenceTier(Plan plan, boolean simd) {
        Steps program = plan.program();
        this.plan = plan;
        this.simd = simd;
        this.isLong = isLong(plan);
        this.point = plan.slot(program.point().value());
        this.pointSize = program.point().size();
        Steps.Leaf weights = program.leaf(Input.Role.SEED);
        this.seed = weights == null ? 0 : plan.slot(weights.value());
        this.seedSize = weights == null ? 0 : weights.size();
        Steps.Leaf unit = program.leaf(Input.Role.DIRECTION);
        this.direction = unit == null ? 0 : plan.slot(unit.value());
    }

    /** Whether one point or row of a plan takes long. */
    public static boolean isLong(Plan plan) {
        return plan.operations() >= LONG;
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public double evaluate(double[] x, double[] seeds, Frame frame, double[] out, int from) {
        if (out != null) {
            Arrays.fill(out, from, from + plan.layout().size() - 1, 0);
        }
        load(x, seeds, frame);
        frame.results.to(out, from);
        run(plan.shared(), frame, 0, 1, frame.results);
        return frame.results.value();
    }

    /** Brings a point and a seed into the arena. */
    public void load(double[] x, double[] seeds, Frame frame) {
        System.arraycopy(x, 0, frame.arena(), point, pointSize);
        if (seedSize > 0) {
            System.arraycopy(seeds, 0, frame.arena(), seed, seedSize);
        }
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public void share(Frame frame) {}

    @Override
    public void open(Frame frame, Destination destination, int row, int count) {}

    @Override
    public void load(Frame frame, int row, int count) {
        frame.window().load(row, frame.arena());
    }

    @Override
    public void execute(Section section, Frame frame, int row, int count) {
        execute(section, frame.arena());
    }

    /**
     * Runs the steps of a section on an arena. An interrupt of this thread ends it between steps where it takes long.
     */
    public void execute(Section section, double[] arena) {
        int length = section.code().length;
        for (int pc = 0; pc < length; pc += Section.WIDTH) {
            if (isLong && (pc % (LISTENS * Section.WIDTH) == 0 || section.code()[pc + 1] >= LISTENS
                    * Section.WIDTH * Section.WIDTH
                    || section.code()[pc] == Section.OTHER)) {
                Interrupts.check("an evaluation of", length / Section.WIDTH, "steps");
            }
            step(section, pc, arena, simd);
        }
    }

    @Override
    public void direct(Frame frame, int d, double value) {
        frame.arena()[direction + d] = value;
    }

    @Override
    public double[] numbers(Frame frame) {
        return frame.arena();
    }

    @Override
    public int at(int slot) {
        return slot;
    }

    @Override
    public int[] results() {
        return null;
    }

    @Override
    public boolean resultsAreTogether() {
        return false;
    }

    @Override
    public boolean isLeft(int entry, Frame frame) {
        return false;
    }

    /** Runs one step. */
    static void step(Section section, int pc, double[] d, boolean simd) {
        int[] code = section.code();
        if (code[pc] != Section.OTHER) {
            int strides = code[pc + 6];
            elementwise(OPS[code[pc]], code[pc + 1], d, code[pc + 2], code[pc + 3], strides & 1,
                    code[pc + 4], strides >> 1 & 1, code[pc + 5], strides >> 2);
        } else {
            arrangement(section, pc, d, simd);
        }
    }

    private static void elementwise(
            Op op, int length, double[] d, int to, int a, int strideA, int b, int strideB, int c, int strideC) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = d[a + i * strideA] + d[b + i * strideB];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = d[a + i * strideA] - d[b + i * strideB];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = d[a + i * strideA] * d[b + i * strideB];
                }
            }
            case FMA -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = fma(d[a + i * strideA], d[b + i * strideB], d[c + i * strideC]);
                }
            }
            case FNMA -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = fma(-d[a + i * strideA], d[b + i * strideB], d[c + i * strideC]);
                }
            }
            default -> { // all others by their row of the table, through one call
                for (int i = 0; i < length; i++) {
                    d[to + i] = op.value(d[a + i * strideA], d[b + i * strideB], d[c + i * strideC]);
                }
            }
        }
    }

    private static void arrangement(Section section, int pc, double[] d, boolean simd) {
        int length = section.code()[pc + 1];
        int to = section.code()[pc + 2];
        int a = section.code()[pc + 3];
        int step = section.code()[pc + 7];
        switch (section.actions()[step]) {
            case Action.AddUp sum -> ReferenceReductions.sum(sum, length, d, to, a);
            case Action.FindLargest largest -> ReferenceReductions.largest(largest, length, d, to, a);
            case Action.Multiply product -> ReferenceReductions.product(product, d, to, a,
                    section.code()[pc + 4], simd);
            case Action.Take(int[] sources) -> {
                for (int i = 0; i < length; i++) {
                    d[to + i] = d[a + sources[i]];
                }
            }
            case Action.Fill _ -> Arrays.fill(d, to, to + length, d[a]);
            case Action.Copy(int[] offsets, int[] lengths) -> {
                Arrays.fill(d, to, to + length, 0);
                int[] parts = section.parts()[step];
                for (int k = 0; k < parts.length; k++) {
                    System.arraycopy(d, parts[k], d, to + offsets[k], lengths[k]);
                }
            }
            case Action.Apply e -> throw new AssertionError(e + " is coded by its ordinal");
            case Action.Region _ -> throw new AssertionError("regions are compiled");
        }
    }
}

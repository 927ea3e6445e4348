package hesse.run;

import hesse.kernel.machine.Interrupts;
import hesse.kernel.machine.PointCode;
import hesse.kernel.machine.Vectors;
import hesse.plan.Fusion;
import hesse.plan.Plan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A point without rows by compiled regions of plain doubles, which take point and seed from their arrays and put results where they
 * belong; bits as {@link ScalarTier}.
 */
public final class PointTier {
    /** Where there is nothing to compile. */
    static final PointTier NONE = new PointTier();
    /** A single region puts so many results in place that it does not compute: parameters, constants, zeros. */
    private static final int MOST_COPIED = 64;

    final Plan plan;
    /** By step; null where it is no region. */
    private final PointCode[] regions;
    /** The only region where there is nothing else to do; else null. */
    private final PointCode whole;
    /** The arena before a point is known. */
    private final double[] image;
    /** Where each result is in the arena, or -1 where it is zero. */
    private final int[] source;
    /** Which results behind the value are copied from there. */
    private final int[] copied;

    private PointTier() {
        this.plan = null;
        this.regions = null;
        this.whole = null;
        this.image = null;
        this.source = null;
        this.copied = null;
    }

    /**
     * Compiles.
     *
     * @param plan the engine's by regions, {@link Fusion#ofPoint}
     * @param image the arena before a point is known
     */
    PointTier(Plan plan, double[] image) {
        this.plan = plan;
        this.image = image;
        this.regions = new PointCode[plan.shared().code().length / Plan.Section.WIDTH];
        this.source = new int[plan.resultSize()];
        Arrays.fill(source, -1);
        for (Plan.Output output : plan.shared().outputs()) {
            for (int k = 0; k < output.length(); k++) {
                source[output.target() + k * output.stride()] = output.slot() + k;
            }
        }
        Map<Integer, Integer> owner = owners();
        int[] others = IntStream.range(1, source.length).filter(i -> !owner.containsKey(source[i])).toArray();
        boolean isWhole = regions.length == 1 && others.length <= MOST_COPIED;
        this.copied = isWhole ? new int[0] : others;
        Set<Integer> read = isWhole ? Set.of() : read();
        Map<Integer, Double> constants = plan.known();
        for (int i = 0; i < regions.length; i++) {
            int region = i;
            if (region(i) != null) {
                int[] results = IntStream.range(isWhole ? 0 : 1, source.length).filter(k -> isWhole || owner.getOrDefault(source[k], -1) == region).toArray();
                regions[i] = ScalarEmitter.emit(plan, region(i), constants, read, source, results);
            }
        }
        this.whole = isWhole ? regions[0] : null;
    }

    /** The region that a step is, or null. */
    private Fusion.Region region(int step) {
        int pc = step * Plan.Section.WIDTH;
        return plan.shared().code()[pc] == Fusion.REGION ? (Fusion.Region) plan.shared().details()[plan.shared().code()[pc + 7]] : null;
    }

    /** By slot the region that writes it, the last one. */
    private Map<Integer, Integer> owners() {
        Map<Integer, Integer> owner = new HashMap<>();
        for (int i = 0; i < regions.length; i++) {
            int step = i;
            if (region(i) != null) {
                Arrays.stream(region(i).slots()).forEach(slot -> owner.put(slot, step));
            }
        }
        return owner;
    }

    /** The slots that are read in the arena: by regions, as the value, and, where there are other steps, perhaps all. */
    private Set<Integer> read() {
        Set<Integer> read = new HashSet<>(Set.of(source[0]));
        for (int i = 0; i < regions.length; i++) {
            if (region(i) == null) {
                return IntStream.range(0, plan.arenaSize()).boxed().collect(HashSet::new, Set::add, Set::addAll);
            }
            Arrays.stream(region(i).operands()).filter(operand -> operand < 0).forEach(operand -> read.add(~operand));
        }
        return read;
    }

    /** Whether {@link #evaluate(double[], double[], double[])} serves. */
    boolean isWhole() {
        return whole != null;
    }

    /**
     * Evaluates one compiled method ({@link Engine#whole}).
     *
     * @param seed null where there is none
     * @param out filled with what follows the value; null where nothing does
     * @return the value
     */
    public double evaluate(double[] x, double[] seed, double[] out) {
        return whole.run(x, seed, image, out, 0);
    }

    /**
     * Evaluates where {@link #isWhole} or not.
     *
     * @param arena of {@code plan.arenaSize()} numbers, with point and seed
     * @param out filled with what follows the value; null where nothing does
     * @param from where in {@code out}
     * @return the value
     */
    double evaluate(double[] x, double[] seed, double[] arena, double[] out, int from) {
        return evaluate(x, seed, arena, out, from, false);
    }

    /** The same where it takes long: an interrupt of this thread ends it between regions, when some results are in place. */
    double evaluateLong(double[] x, double[] seed, double[] arena, double[] out, int from) {
        return evaluate(x, seed, arena, out, from, true);
    }

    private double evaluate(double[] x, double[] seed, double[] arena, double[] out, int from, boolean listens) {
        if (whole != null) {
            return whole.run(x, seed, arena, out, from);
        }
        for (int i = 0; i < regions.length; i++) {
            if (listens) {
                Interrupts.check("an evaluation of", regions.length, "steps");
            }
            if (regions[i] != null) {
                regions[i].run(x, seed, arena, out, from);
            } else {
                ScalarTier.step(plan.shared(), i * Plan.Section.WIDTH, arena, Vectors.on());
            }
        }
        for (int i : copied) {
            out[from + i - 1] = source[i] < 0 ? 0 : arena[source[i]];
        }
        return source[0] < 0 ? 0 : arena[source[0]];
    }
}

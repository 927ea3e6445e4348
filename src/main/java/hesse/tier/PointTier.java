package hesse.tier;

import hesse.emit.Fragment;
import hesse.emit.ScalarEmitter;
import hesse.kernel.machine.Interrupts;
import hesse.kernel.machine.PointCode;
import hesse.kernel.machine.Vectors;
import hesse.plan.Action;
import hesse.plan.Plan;
import hesse.plan.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A point without rows by compiled regions of plain doubles, which take point and seed from their arrays and put
 * results where they belong; bits as {@link ReferenceTier}.
 */
public final class PointTier implements Executor.AtPoint {
    /** A single region puts so many results in place that it does not compute: parameters, constants, zeros. */
    private static final int MOST_COPIED = 64;

    private final Plan plan;
    private final ReferenceTier steps;
    private final boolean isLong;
    /** By step; null where it is no region. */
    private final PointCode[] regions;
    private final Fragment[] fragments;
    /** The only region where there is nothing else to do; else null. */
    private final PointCode whole;
    /** The arena before a point is known. */
    private final double[] image;
    /** Where each result is in the arena, or -1 where it is zero. */
    private final int[] source;
    /** Which results behind the value are copied from there. */
    private final int[] copied;

    /**
     * Compiles.
     *
     * @param plan of a program by regions ({@code hesse.plan.Regions})
     * @param image the arena before a point is known
     */
    public PointTier(Plan plan, double[] image) {
        this.plan = plan;
        this.image = image;
        this.steps = new ReferenceTier(plan, Vectors.on());
        this.isLong = ReferenceTier.isLong(plan);
        this.fragments = Fragment.of(plan.shared(), plan);
        this.source = source();
        Map<Integer, Integer> owner = owners();
        int[] others = IntStream.range(1, source.length).filter(i -> !owner.containsKey(source[i])).toArray();
        boolean isWhole = fragments.length == 1 && others.length <= MOST_COPIED;
        this.copied = isWhole ? new int[0] : others;
        Set<Integer> read = isWhole ? Set.of() : read();
        this.regions = new PointCode[fragments.length];
        Map<Integer, Double> constants = plan.known();
        for (int i = 0; i < regions.length; i++) {
            int region = i;
            if (fragments[i] != null) {
                int[] results = IntStream.range(isWhole ? 0 : 1, source.length)
                        .filter(k -> isWhole || owner.getOrDefault(source[k], -1) == region).toArray();
                regions[i] = ScalarEmitter.emit(plan, fragments[i], constants, read, source, results);
            }
        }
        this.whole = isWhole ? regions[0] : null;
    }

    private int[] source() {
        int[] source = new int[plan.layout().size()];
        Arrays.fill(source, -1);
        for (Section.Output output : plan.shared().outputs()) {
            for (int k = 0; k < output.length(); k++) {
                source[output.target() + k * output.stride()] = output.slot() + k;
            }
        }
        return source;
    }

    /** By slot the region that writes it, the last one. */
    private Map<Integer, Integer> owners() {
        Map<Integer, Integer> owner = new HashMap<>();
        for (int i = 0; i < fragments.length; i++) {
            int step = i;
            if (fragments[i] != null) {
                Arrays.stream(fragments[i].slots()).forEach(slot -> owner.put(slot, step));
            }
        }
        return owner;
    }

    /**
     * The slots that are read in the arena: by regions, as the value, and, where there are other steps, perhaps all.
     */
    private Set<Integer> read() {
        Set<Integer> read = new HashSet<>(Set.of(source[0]));
        for (Fragment fragment : fragments) {
            if (fragment == null) {
                return IntStream.range(0, plan.arenaSize()).boxed().collect(HashSet::new, Set::add, Set::addAll);
            }
            fragment.reads().forEach(read::add);
        }
        return read;
    }

    @Override
    public Plan plan() {
        return plan;
    }

    /** Whether {@link #evaluate(double[], double[], double[])} serves. */
    public boolean isWhole() {
        return whole != null;
    }

    /** The regions, in order. */
    public List<Fragment> fragments() {
        return Arrays.stream(fragments).filter(Objects::nonNull).toList();
    }

    /**
     * Evaluates one compiled method, if {@link #isWhole}.
     *
     * @param seed null where there is none
     * @param out filled with what follows the value; null where nothing does
     * @return the value
     */
    public double evaluate(double[] x, double[] seed, double[] out) {
        return whole.run(x, seed, image, out, 0);
    }

    @Override
    public double evaluate(double[] x, double[] seed, Frame frame, double[] out, int from) {
        double[] arena = frame.arena(plan.arenaSize());
        if (whole != null) {
            return whole.run(x, seed, arena, out, from);
        }
        steps.load(x, seed, frame);
        for (int i = 0; i < regions.length; i++) {
            if (isLong) {
                Interrupts.check("an evaluation of", regions.length, "steps");
            }
            if (regions[i] != null) {
                regions[i].run(x, seed, arena, out, from);
            } else {
                ReferenceTier.step(plan.shared(), i * Section.WIDTH, arena, Vectors.on());
            }
        }
        for (int i : copied) {
            out[from + i - 1] = source[i] < 0 ? 0 : arena[source[i]];
        }
        return source[0] < 0 ? 0 : arena[source[0]];
    }
}

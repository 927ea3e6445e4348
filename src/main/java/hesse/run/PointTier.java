package hesse.run;

import hesse.kernel.PointCode;
import hesse.kernel.Region;
import hesse.plan.Fusion;
import hesse.plan.Plan;
import java.util.Arrays;

/** A point without rows by compiled regions of plain doubles; bits as {@link ScalarTier}. */
public final class PointTier {
    /** Results that one method writes. */
    private static final int LARGEST = 64;

    /** Where there is nothing to compile. */
    static final PointTier NONE = new PointTier();

    final Plan plan;
    private final Region[] regions;

    /** Which entry of the arena each entry of the result is, or -1 where it is zero. */
    private final int[] source;

    /** The whole of a small function; null where there is more than one region. */
    private final PointCode direct;
    /** The arena before a point is known. */
    private final double[] image;

    private PointTier() {
        this.plan = null;
        this.regions = new Region[0];
        this.source = new int[0];
        this.direct = null;
        this.image = null;
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
        Plan.Section section = plan.shared();
        this.regions = new Region[section.code().length / Plan.Section.WIDTH];
        for (int i = 0; i < regions.length; i++) {
            int pc = i * Plan.Section.WIDTH;
            if (section.code()[pc] == Fusion.REGION) {
                regions[i] = ScalarEmitter.emit((Fusion.Region) section.details()[section.code()[pc + 7]], LaneTier.constants(plan));
            }
        }
        this.source = new int[plan.resultSize()];
        Arrays.fill(source, -1);
        for (Plan.Output output : section.outputs()) {
            for (int k = 0; k < output.length(); k++) {
                source[output.target() + k * output.stride()] = output.slot() + k;
            }
        }
        boolean whole = regions.length == 1 && regions[0] != null && plan.resultSize() <= LARGEST;
        this.direct = whole ? ScalarEmitter.emit((Fusion.Region) section.details()[section.code()[7]], LaneTier.constants(plan), plan) : null;
    }

    /** Whether {@link #evaluate} serves. */
    boolean isDirect() {
        return direct != null;
    }

    /**
     * Evaluates without a work space.
     *
     * @param out filled with what follows the value; null where nothing does
     * @return the value
     */
    public double evaluate(double[] x, double[] seed, double[] out) {
        return direct.run(x, seed, image, out);
    }

    /** Copies the outputs of a run. */
    void results(double[] arena, double[] result) {
        for (int i = 0; i < source.length; i++) {
            result[i] = source[i] < 0 ? 0 : arena[source[i]];
        }
    }

    void run(double[] arena) {
        for (int i = 0; i < regions.length; i++) {
            if (regions[i] != null) {
                regions[i].run(arena, arena);
            } else {
                ScalarTier.step(plan.shared(), i * Plan.Section.WIDTH, arena);
            }
        }
    }
}

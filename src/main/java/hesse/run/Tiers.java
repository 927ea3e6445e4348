package hesse.run;

import hesse.kernel.machine.EmittedCode;
import hesse.kernel.machine.Tuning;
import hesse.kernel.machine.Vectors;
import hesse.plan.Loop.Rate;
import hesse.plan.Placement;
import hesse.plan.Plan;
import hesse.plan.Regions;
import hesse.plan.Steps;
import hesse.tier.BlockTier;
import hesse.tier.Executor;
import hesse.tier.Frame;
import hesse.tier.PointTier;
import hesse.tier.ReferenceTier;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** The executors of one plan, built when they are asked for, and which of them serves a call. */
final class Tiers {
    private static final System.Logger LOG = System.getLogger("hesse");
    /** Operations of the reference after which a warm-up is worth it: some 50 ms of its time. */
    private static final long WORTH_WARMING = 20_000_000;
    private static final int REGION = Tuning.REGION_OPERATIONS.value();
    /** The same of plain doubles, where each region is a call. */
    private static final int POINT_REGION = 300;

    private final Plan plan;
    private final double[] image;
    private final Runnable warmUp;
    /** Plain loops, and the same with large matrix products left to their kernel. */
    private final ReferenceTier scalar;
    private final ReferenceTier reference;
    /** Made when first asked; making one twice does no harm. */
    private volatile BlockTier lanes;
    /** The same by regions, or {@link #lanes} where there is nothing to gain. */
    private volatile BlockTier fused;
    /** The compiled point, or {@link #reference} where there is nothing to compile. */
    private volatile Executor.AtPoint compiled;
    /** What {@link Mode#AUTO} uses for rows and for points: the fastest that is warm. */
    private volatile Executor.OverRows best;
    private volatile Executor.AtPoint bestAtPoint;
    /** How many operations the reference ran for AUTO; racing threads may lose a few. */
    private long operations;

    /**
     * The tiers of a plan.
     *
     * @param image the arena before a point is known
     * @param warmUp what is to run once AUTO has computed enough to be worth it
     */
    Tiers(Plan plan, double[] image, Runnable warmUp) {
        this.plan = plan;
        this.image = image;
        this.warmUp = warmUp;
        this.scalar = new ReferenceTier(plan, false);
        this.reference = new ReferenceTier(plan, Vectors.on());
        this.best = reference;
        this.bestAtPoint = reference;
    }

    /** The reference for a mode. */
    ReferenceTier reference(Mode mode) {
        return mode == Mode.SCALAR ? scalar : reference;
    }

    /**
     * What is to run the next rows of a call, ready in a frame. A long call moves to what has become warm meanwhile.
     *
     * @param before what ran the rows before; null where there are none
     * @param rows those that come now
     */
    Executor.OverRows rows(Frame frame, Executor.OverRows before, Call call, int rows) {
        Executor.OverRows executor = rows(call.count(), rows, call.mode());
        if (executor != before) {
            executor.share(frame);
        }
        return executor;
    }

    private Executor.OverRows rows(int count, int rows, Mode mode) {
        if (count < BlockTier.FROM || !isByBlocks()) {
            return reference(mode);
        }
        return switch (mode) {
            case SCALAR -> scalar;
            case LANES -> lanes();
            case FUSED -> fused();
            case AUTO -> {
                Executor.OverRows warm = best;
                if (warm == reference) {
                    count(rows * (plan.operations() + 1));
                }
                yield warm;
            }
        };
    }

    /** What is to evaluate a point. */
    Executor.AtPoint point(Mode mode) {
        return switch (mode) {
            case SCALAR -> scalar;
            case LANES -> reference;
            case FUSED -> compiled();
            case AUTO -> bestAtPoint;
        };
    }

    /** After enough operations asks for the warm-up of what is faster. */
    void count(long ran) {
        long before = operations;
        operations = before + ran;
        if (before < WORTH_WARMING && operations >= WORTH_WARMING) {
            warmUp.run();
        }
    }

    /** Whether blocks of rows can run at all, here and for this plan. */
    boolean isByBlocks() {
        return plan.row() != null && Vectors.inBlocks() && BlockTier.fits(plan);
    }

    /** What AUTO uses for rows from now on. */
    void serve(Executor.OverRows executor) {
        best = executor;
    }

    /** What AUTO uses at a point from now on. */
    void serve(PointTier executor) {
        bestAtPoint = executor;
    }

    /** What AUTO uses for rows now. */
    Executor.OverRows best() {
        return best;
    }

    /** Whether AUTO still uses the reference. */
    boolean isCold() {
        return (plan.isOfPoint() ? bestAtPoint : best) == reference;
    }

    BlockTier lanes() {
        BlockTier tier = lanes;
        if (tier == null) {
            tier = new BlockTier(plan);
            lanes = tier;
        }
        return tier;
    }

    /** Regions, or lanes where there is too little arithmetic for regions, or they cannot be compiled. */
    BlockTier fused() {
        BlockTier tier = fused;
        if (tier == null) {
            tier = built("a function cannot be compiled by regions and stays with lanes, with the same results", () -> {
                Steps regions = Vectors.on() ? Regions.ofRows(plan.program(), EmittedCode.masks(), REGION) : null;
                return regions == null ? lanes() : new BlockTier(Placement.behind(plan, regions, Rate.ROW));
            }, this::lanes);
            fused = tier;
        }
        return tier;
    }

    /** The compiled point, or the reference where there is too little to compile, or it cannot be. */
    Executor.AtPoint compiled() {
        Executor.AtPoint tier = compiled;
        if (tier == null) {
            tier = built("a function cannot be compiled and stays with the scalar tier, with the same results", () -> {
                boolean isEmpty = plan.layout().size() == 0 || !plan.isOfPoint();
                Steps regions = isEmpty ? null : Regions.ofPoint(plan.program(), POINT_REGION);
                return regions == null ? reference : new PointTier(Placement.behind(plan, regions, Rate.POINT), image);
            }, () -> reference);
            compiled = tier;
        }
        return tier;
    }

    private static <T> T built(String refused, Supplier<T> build, Supplier<T> otherwise) {
        try {
            return build.get();
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            boolean isOverflow = e instanceof StackOverflowError; // of which the thousand frames tell nothing
            LOG.log(System.Logger.Level.WARNING, isOverflow ? refused + ": the thread's stack is too small" : refused,
                    isOverflow ? null : e);
            return otherwise.get();
        }
    }
}

package hesse.run;

import hesse.kernel.machine.EmittedCode;
import hesse.kernel.machine.Interrupts;
import hesse.kernel.machine.Tuning;
import hesse.kernel.machine.Vectors;
import hesse.plan.Fusion;
import hesse.plan.Plan;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The tiers of one plan: builds them when they are asked for, counts what runs scalar, and warms up what is faster. All warm-ups of
 * a JVM take turns on one thread of low priority; the callers go on with what they have.
 */
final class Tiers {
    private static final System.Logger LOG = System.getLogger("hesse");
    /** Scalar operations after which a warm-up is worth it: some 50 ms of the scalar tier's time. */
    private static final long WORTH_WARMING = 20_000_000;
    /** Nanoseconds of a warm-up of regions at most: C2 takes a second or two to compile a hundred vector operations. */
    private static final long REGION_WARM_UP = 8_000_000_000L;
    /** After so many nanoseconds without a change they are taken for compiled. */
    private static final long REGION_STEADY = 1_200_000_000L;
    private static final int REGION = Tuning.REGION_OPERATIONS.value();
    /** The same of plain doubles, where each region is a call. */
    private static final int POINT_REGION = 300;
    private static final ThreadPoolExecutor WARM_UPS = warmUps();

    private final Plan plan;
    private final double[] image;
    private final RowSum rowSum;
    /** Made when first asked; making it twice does no harm. */
    private volatile LaneTier laneTier;
    /** The same by regions, or by steps where there is nothing to gain. */
    private volatile LaneTier fusedTier;
    private volatile PointTier pointTier;
    /** What {@link Engine.Mode#AUTO} uses for rows and for points; null before it is warm. */
    private volatile LaneTier best;
    private volatile PointTier bestPoint;
    /** Whether nothing is left to warm up, and how long {@link #prepare} took for it; 0 where it did not. */
    private volatile boolean isSettled;
    private volatile double seconds;
    /** How many operations ran scalar; racing threads may lose a few. */
    private long scalarOperations;

    Tiers(Plan plan, double[] image, RowSum rowSum) {
        this.plan = plan;
        this.image = image;
        this.rowSum = rowSum;
    }

    private static ThreadPoolExecutor warmUps() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 100, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "hesse warm-up");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * The tier of blocks where it is to serve a call, else null.
     *
     * @param count rows of the call
     * @param rows those that come now
     */
    LaneTier rows(int count, int rows, Engine.Mode mode) {
        if (mode == Engine.Mode.SCALAR || count < LaneTier.FROM || !isByBlocks()) {
            return null;
        }
        LaneTier warm = best;
        if (mode == Engine.Mode.AUTO && warm == null) {
            count(rows * (plan.operations() + 1));
        }
        return mode == Engine.Mode.LANES ? lanes() : mode == Engine.Mode.FUSED ? fused() : warm;
    }

    /** The compiled point where it is to serve, else null. */
    PointTier point(Engine.Mode mode) {
        return mode == Engine.Mode.AUTO ? bestPoint : mode == Engine.Mode.FUSED ? compiled() : null;
    }

    /** After enough scalar operations asks for the warm-up of what is faster, of a function that is still in use by then. */
    void count(long operations) {
        long before = scalarOperations;
        scalarOperations = before + operations;
        if (before < WORTH_WARMING && scalarOperations >= WORTH_WARMING) {
            later(new WeakReference<>(this), false);
        }
    }

    private static void later(WeakReference<Tiers> reference, boolean regions) {
        WARM_UPS.execute(() -> {
            Tiers tiers = reference.get();
            if (tiers == null) {
                return;
            }
            if (regions) {
                tiers.warmRegions();
            } else if (tiers.warmUp()) {
                later(reference, true);
            }
        });
    }

    /** The compiled point, or null where there is too little to compile, or it cannot be. */
    private PointTier compiled() {
        PointTier tier = pointTier;
        if (tier == null) {
            tier = PointTier.NONE;
            try {
                Plan fused = plan.resultSize() == 0 ? null : Fusion.ofPoint(plan, POINT_REGION);
                tier = fused == null ? PointTier.NONE : new PointTier(fused, image);
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                refused("a function cannot be compiled and stays with the scalar tier, with the same results", e);
            }
            pointTier = tier;
        }
        return tier == PointTier.NONE ? null : tier;
    }

    private LaneTier lanes() {
        LaneTier tier = laneTier;
        if (tier == null) {
            tier = new LaneTier(plan);
            laneTier = tier;
        }
        return tier;
    }

    /** Regions, or lanes where there is too little arithmetic for regions, or they cannot be compiled. */
    private LaneTier fused() {
        LaneTier tier = fusedTier;
        if (tier == null) {
            tier = regions();
            fusedTier = tier;
        }
        return tier;
    }

    private LaneTier regions() {
        try {
            Plan fused = Vectors.on() ? Fusion.ofRows(plan, EmittedCode.masks(), REGION) : null;
            return fused == null ? lanes() : new LaneTier(fused);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            refused("a function cannot be compiled by regions and stays with lanes, with the same results", e);
            return lanes();
        }
    }

    /** Of an overflow the thousand frames tell nothing. */
    private static void refused(String what, Throwable e) {
        LOG.log(System.Logger.Level.WARNING, e instanceof StackOverflowError ? what + ": the thread's stack is too small" : what,
                e instanceof StackOverflowError ? null : e);
    }

    /** Warms up now, and returns when it is done. */
    void prepare() {
        if (isSettled) {
            return;
        }
        long start = System.nanoTime();
        if (isOfPoint()) {
            if (bestPoint == null) {
                warmUp();
            }
        } else if (isByBlocks()) {
            if (best == null) {
                warmUp();
            }
            warmRegions();
        }
        seconds = (System.nanoTime() - start) / 1e9;
        isSettled = true;
    }

    private boolean isByBlocks() {
        return Vectors.inBlocks() && LaneTier.fits(plan);
    }

    private boolean isOfPoint() {
        return plan.columns().length == 0 && plan.row().outputs().length == 0;
    }

    /** What a call executes and by which code, for a person. */
    String explain(Engine.Mode mode) {
        StringBuilder text = new StringBuilder();
        text.append("    operations  ").append(plan.shared().operations()).append(" once, ").append(plan.row().operations()).append(" each row");
        if (plan.directions() > 0) {
            text.append(", ").append(plan.perDirection().operations()).append(" for each of ").append(plan.directions()).append(" directions");
        }
        text.append("; arena of ").append(plan.arenaSize()).append(" numbers\n");
        for (Plan.Spread spread : plan.spreads()) {
            text.append("    adds        column ").append(spread.form().column()).append(" (").append(spread.form().width()).append(" numbers) times a number of the row\n");
        }
        for (Plan.Gram gram : plan.grams()) {
            text.append("    adds        weighted Gram product of columns ").append(gram.left().column()).append(" and ").append(gram.right().column())
                    .append(", ").append(gram.left().width()).append(" x ").append(gram.right().width()).append('\n');
        }
        for (Plan.Outer outer : plan.outers()) {
            text.append("    adds        outer product of vectors of the row, ").append(outer.rows()).append(" x ").append(outer.columns()).append('\n');
        }
        if (isOfPoint()) {
            PointTier tier = point(mode);
            text.append("    runs        ").append(tier == null ? "step by step (tier scalar)" : tier.isWhole()
                    ? "as one compiled method (tier fused)" : "as compiled methods (tier fused)").append('\n');
            Plan fused = tier == null ? null : tier.plan;
            listing(text, fused == null ? null : fused.shared());
            return text.append(prepared()).toString();
        }
        LaneTier tier = mode == Engine.Mode.AUTO ? best : mode == Engine.Mode.SCALAR || !isByBlocks() ? null : mode == Engine.Mode.LANES ? lanes() : fused();
        text.append("    runs        ").append(tier == null ? "row by row (tier scalar)" : "by blocks of " + tier.size + " rows in " + tier.length / 128
                + " KB (tier " + (tier.plan == plan ? "lanes" : "fused") + ")");
        text.append(Vectors.on() && isByBlocks() || mode == Engine.Mode.SCALAR ? "" : ": " + Vectors.REASON).append('\n');
        listing(text, tier == null || tier.plan == plan ? null : tier.plan.row());
        return text.append(prepared()).toString();
    }

    private String prepared() {
        return seconds == 0 ? "" : String.format(Locale.ROOT, "    prepared    in %.1f s%n", seconds).replace(System.lineSeparator(), "\n");
    }

    private static void listing(StringBuilder text, Plan.Section section) {
        for (int pc = 0; section != null && pc < section.code().length; pc += Plan.Section.WIDTH) {
            if (section.code()[pc] == Fusion.REGION) {
                text.append(((Fusion.Region) section.details()[section.code()[pc + 7]]).listing("        "));
            }
        }
    }

    /** Warms up the compiled point, or lanes; whether regions come next. */
    private boolean warmUp() {
        Workspace w = madeUp();
        if (isOfPoint()) {
            PointTier point = compiled();
            if (point != null && isFaster(point, w)) {
                bestPoint = point;
            }
            return false;
        }
        warmUp(lanes(), w, LaneTier.WARM_UP, LaneTier.WARM_UP);
        w.release();
        best = lanes();
        return true;
    }

    /** Regions serve when they are ready and faster than lanes. */
    private void warmRegions() {
        LaneTier fused = fused();
        Workspace w = madeUp();
        if (fused != lanes() && warmUp(fused, w, REGION_WARM_UP, REGION_STEADY) < warmUp(lanes(), w, LaneTier.WARM_UP / 10, LaneTier.WARM_UP)) {
            best = fused;
        }
        w.release();
        isSettled = true;
    }

    private void listen() {
        Interrupts.check("preparing a function of", plan.pointSize(), "parameters");
    }

    /** A work space at a made-up point, its window on made-up rows. */
    private Workspace madeUp() {
        Workspace w = new Workspace(image.clone(), plan);
        Arrays.fill(w.arena, plan.point(), plan.point() + plan.pointSize(), 0.5);
        ScalarTier.run(plan.shared(), w.arena, Vectors.on());
        int rows = rowSum.stage(w.window.width());
        for (int k = 0; k < plan.columns().length; k++) {
            double[] data = new double[rows * plan.columns()[k].width()];
            Arrays.fill(data, 0.5);
            w.window.set(k, data, 0);
        }
        return w;
    }

    /** Whether compiled code becomes faster than the scalar tier. */
    private boolean isFaster(PointTier point, Workspace w) {
        long shortest = Long.MAX_VALUE;
        long scalar = Long.MAX_VALUE;
        double[] arena = w.arena(point.plan.arenaSize());
        double[] out = new double[plan.resultSize()];
        double[] x = new double[plan.pointSize()];
        double[] seed = new double[plan.seedSize()];
        Arrays.fill(x, 0.5);
        long end = System.nanoTime() + LaneTier.WARM_UP;
        for (long start = System.nanoTime(); start < end; ) {
            listen();
            point.evaluate(x, seed, arena, out, 0);
            long middle = System.nanoTime();
            ScalarTier.run(plan.shared(), arena, Vectors.on());
            long now = System.nanoTime();
            shortest = Math.min(shortest, middle - start);
            scalar = Math.min(scalar, now - middle);
            start = now;
        }
        return shortest < scalar;
    }

    /** The shortest time of a stage, in nanoseconds, when it has not become shorter for a while, or time is up. */
    private long warmUp(LaneTier tier, Workspace w, long longest, long steady) {
        double[] sum = new double[rowSum.partial().size()];
        tier.share(w.arena, w.blocks(tier.length));
        int rows = rowSum.stage(w.window.width());
        long shortest = Long.MAX_VALUE;
        long begin = System.nanoTime();
        long changed = begin;
        for (long start = begin; start - begin < longest && start - changed < steady; ) {
            listen();
            rowSum.stage(w, w.call, rows, tier, sum);
            long now = System.nanoTime();
            if (now - start < 0.9 * shortest) {
                changed = now;
                shortest = now - start;
            }
            start = now;
        }
        return shortest;
    }
}

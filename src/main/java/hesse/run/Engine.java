package hesse.run;

import hesse.kernel.EmittedCode;
import hesse.kernel.Parallel;
import hesse.kernel.Vectors;
import hesse.plan.Fusion;
import hesse.plan.Plan;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Runs a plan at a point, or summed or stacked over rows. Shared by any number of threads: each call borrows a
 * {@link Workspace} from a small pool, so a warm call allocates nothing.
 */
public final class Engine {
    /** Which tier serves sums and stacks of rows. */
    public enum Mode {
        SCALAR,
        /** Scalar until so much has been computed that lanes are worth their warm-up, then lanes, then regions where these are faster. */
        AUTO,
        LANES,
        FUSED
    }

    private static final System.Logger LOG = System.getLogger("hesse");
    private static final int POOL = 64;
    /** Nanoseconds of a warm-up of regions at most: C2 takes a second or two to compile a hundred vector operations. */
    private static final long REGION_WARM_UP = 8_000_000_000L;
    /** After so many nanoseconds without a change they are taken for compiled. */
    private static final long REGION_STEADY = 1_200_000_000L;
    /** Scalar operations after which {@link Mode#AUTO} warms up the lane tier: some 50 ms of the scalar tier's time. */
    private static final long WORTH_LANES = 20_000_000;

    /** Operations below which one thread is faster: about a millisecond. */
    private static final long PARALLEL_FROM = 3_000_000;

    private final Plan plan;
    private final double[] image;
    private final RowSum rowSum;
    private final RowStack rowStack;
    /** Made when first asked; making it twice does no harm. */
    private volatile LaneTier laneTier;
    /** The same by regions, or by steps where there is nothing to gain. */
    private volatile LaneTier fusedTier;
    /** What {@link Mode#AUTO} uses; null before it is warm. */
    private volatile LaneTier best;
    private volatile PointTier pointTier;
    private volatile PointTier bestPoint;
    /** How many operations ran scalar; racing threads may lose a few. */
    private long scalarOperations;
    private final AtomicReferenceArray<Workspace> pool = new AtomicReferenceArray<>(POOL);

    public Engine(Plan plan) {
        this.plan = plan;
        this.image = new double[plan.arenaSize()];
        for (Plan.Constant constant : plan.constants()) {
            constant.values().copyTo(image, constant.slot());
        }
        ScalarTier.run(plan.constant(), image);
        this.rowSum = new RowSum(this);
        this.rowStack = new RowStack(this);
    }

    public Plan plan() {
        return plan;
    }

    public Workspace borrow() {
        int start = (int) Thread.currentThread().threadId();
        for (int i = 0; i < POOL; i++) {
            int index = start + i & POOL - 1;
            Workspace workspace = pool.get(index);
            if (workspace != null && pool.compareAndSet(index, workspace, null)) {
                return workspace;
            }
        }
        return new Workspace(image.clone(), plan);
    }

    /** Gives a work space back; one that finds no place is left to the garbage collector. */
    public void giveBack(Workspace workspace) {
        int start = (int) Thread.currentThread().threadId();
        for (int i = 0; i < POOL; i++) {
            if (pool.compareAndSet(start + i & POOL - 1, null, workspace)) {
                return;
            }
        }
    }

    /**
     * One point of a body without rows.
     *
     * @param mode which tier; lanes are of no use here
     */
    public void point(Workspace w, double[] x, double[] seed, Mode mode) {
        load(w, x, seed);
        PointTier tier = pointTier(mode);
        if (tier != null) {
            tier.run(w.arena(tier.plan.arenaSize()));
            tier.results(w.arena, w.result);
            return;
        }
        ScalarTier.run(plan.shared(), w.arena);
        rowStack.results(plan.shared(), w);
        if (mode == Mode.AUTO) {
            count(plan.operations() + 1);
        }
    }

    /**
     * The sum of all rows' results.
     *
     * @param mode which tier
     * @param threads the largest number of threads
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public void sum(Workspace w, RowData rows, double[] x, double[] seed, double[] rowSeed, Mode mode, int threads) {
        share(w, x, seed);
        rowSum.run(w, rows, rowSeed, lanes(rows.count(), mode), threads);
    }

    /**
     * Every row's result, to where {@link Workspace#stacked} says.
     *
     * @param mode which tier
     * @param threads the largest number of threads
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public void stack(Workspace w, RowData rows, double[] x, double[] seed, Mode mode, int threads) {
        share(w, x, seed);
        rowStack.run(w, rows, rows.count(), null, lanes(rows.count(), mode), threads);
        w.stacked.clear();
    }

    /**
     * The results at many points, to where {@link Workspace#stacked} says; the plan takes the point as a column.
     *
     * @param points laid out as the results
     * @param mode which tier
     * @param threads the largest number of threads
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public void points(Workspace w, double[] points, int count, Mode mode, int threads) {
        rowStack.run(w, null, count, points, lanes(count, mode), threads);
        w.stacked.clear();
    }

    /** The sums over rows at many points, one after the other; parameters as of {@link #points} and {@link #sum}. */
    public void sums(Workspace w, RowData rows, double[] points, int count, Mode mode, int threads) {
        int n = plan.pointSize();
        for (int p = 0; p < count; p++) {
            boolean byComponent = w.stacked.byComponent;
            for (int i = 0; i < n; i++) {
                w.arena[plan.point() + i] = points[byComponent ? i * count + p : p * n + i];
            }
            ScalarTier.run(plan.shared(), w.arena);
            rowSum.run(w, rows, null, lanes(rows.count(), mode), threads);
            rowStack.put(w, p, count);
        }
        w.stacked.clear();
    }

    /** What threads do for a call, each with a work space of its own; the caller's, which has the call, is one of them. */
    @FunctionalInterface
    interface Work {
        void run(Workspace caller, Workspace own);
    }

    /** Runs the same work on several threads where there is enough of it. */
    void onThreads(int threads, Workspace w, Work work, long operations) {
        if (threads == 1 || operations < PARALLEL_FROM) {
            work.run(w, w);
            return;
        }
        Parallel.each(threads, k -> {
            if (k == 0) {
                work.run(w, w);
                return;
            }
            Workspace own = borrow();
            System.arraycopy(w.arena, 0, own.arena, 0, plan.arenaSize());
            work.run(w, own);
            giveBack(own);
        });
    }

    /** The lane tier where it is to serve that many rows, else null. */
    private LaneTier lanes(int rows, Mode mode) {
        if (mode == Mode.SCALAR || rows < LaneTier.FROM || !Vectors.on()) {
            return null;
        }
        LaneTier warm = best;
        if (mode != Mode.AUTO || warm != null) {
            return mode == Mode.LANES ? lanes() : mode == Mode.FUSED ? fused() : warm;
        }
        count(rows * (plan.operations() + 1));
        return null;
    }

    /** After enough scalar operations starts the warm-up of what is faster. */
    private void count(long operations) {
        long before = scalarOperations;
        scalarOperations = before + operations;
        if (before < WORTH_LANES && scalarOperations >= WORTH_LANES) {
            Thread warmUp = new Thread(this::warmUp, "hesse warm-up");
            warmUp.setDaemon(true);
            warmUp.setPriority(Thread.MIN_PRIORITY);
            warmUp.start();
        }
    }

    private PointTier pointTier(Mode mode) {
        return mode == Mode.AUTO ? bestPoint : mode == Mode.FUSED ? compiled() : null;
    }

    /** Whether {@link #direct} serves this mode. */
    public boolean isDirect(Mode mode) {
        PointTier tier = pointTier(mode);
        return tier != null && tier.direct != null;
    }

    /**
     * One point of a small body without rows, without a work space, where {@link #isDirect} said so.
     *
     * @param out filled with what follows the value
     * @return the value
     */
    public double direct(double[] x, double[] seed, double[] out, Mode mode) {
        return pointTier(mode).direct.run(x, seed, image, out);
    }

    /** The compiled point, or null where there is too little to compile, or it cannot be. */
    private PointTier compiled() {
        PointTier tier = pointTier;
        if (tier == null) {
            tier = PointTier.NONE;
            try {
                Plan fused = Fusion.ofPoint(plan);
                tier = fused == null ? PointTier.NONE : new PointTier(fused);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(System.Logger.Level.WARNING, "a function cannot be compiled and stays with the scalar tier, with the same results", e);
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
            Plan fused = Fusion.ofRows(plan, EmittedCode.masks());
            return fused == null ? lanes() : new LaneTier(fused);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "a function cannot be compiled by regions and stays with lanes, with the same results", e);
            return lanes();
        }
    }

    /** Warms up now what {@link Mode#AUTO} would warm up later, and returns when it is ready. */
    public void prepare() {
        if (best == null && bestPoint == null && (Vectors.on() || plan.columns().length == 0)) {
            warmUp();
        }
    }

    /** What a call executes and by which code, for a person. */
    public String explain(Mode mode) {
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
        boolean ofPoint = plan.columns().length == 0;
        if (ofPoint) {
            PointTier tier = pointTier(mode);
            text.append("    runs        ").append(tier == null ? "step by step (tier scalar)" : tier.direct != null
                    ? "as one compiled method (tier fused)" : "as compiled methods (tier fused)").append('\n');
            Plan fused = tier == null ? null : tier.plan;
            listing(text, fused == null ? null : fused.shared());
            return text.toString();
        }
        LaneTier tier = mode == Mode.AUTO ? best : mode == Mode.SCALAR || !Vectors.on() ? null : mode == Mode.LANES ? lanes() : fused();
        text.append("    runs        ").append(tier == null ? "row by row (tier scalar)" : "by blocks of " + tier.size + " rows in " + tier.length / 128
                + " KB (tier " + (tier.plan == plan ? "lanes" : "fused") + ")");
        text.append(Vectors.on() || mode == Mode.SCALAR ? "" : ": " + Vectors.REASON).append('\n');
        listing(text, tier == null || tier.plan == plan ? null : tier.plan.row());
        return text.toString();
    }

    private static void listing(StringBuilder text, Plan.Section section) {
        for (int pc = 0; section != null && pc < section.code().length; pc += Plan.Section.WIDTH) {
            if (section.code()[pc] == Fusion.REGION) {
                text.append(((Fusion.Region) section.details()[section.code()[pc + 7]]).listing("        "));
            }
        }
    }

    /** Runs at a made-up point until the code is hot: over rows by lanes and then by regions; each serves when it is ready and faster. */
    private void warmUp() {
        Workspace w = new Workspace(image.clone(), plan);
        Arrays.fill(w.arena, plan.point(), plan.point() + plan.pointSize(), 0.5);
        ScalarTier.run(plan.shared(), w.arena);
        if (plan.columns().length == 0) {
            PointTier point = compiled();
            if (point != null && warmUp(point, w)) {
                bestPoint = point;
            }
            return;
        }
        for (int k = 0; k < plan.columns().length; k++) {
            double[] data = new double[RowSum.STAGE * plan.columns()[k].width()];
            Arrays.fill(data, 0.5);
            w.window.set(k, data, 0);
        }
        long lanes = warmUp(lanes(), w, LaneTier.WARM_UP, LaneTier.WARM_UP);
        best = lanes();
        LaneTier fused = fused();
        if (fused != lanes() && warmUp(fused, w, REGION_WARM_UP, REGION_STEADY) < lanes) {
            best = fused;
        }
    }

    /** Whether compiled code becomes faster than the scalar tier. */
    private boolean warmUp(PointTier point, Workspace w) {
        long shortest = Long.MAX_VALUE;
        long scalar = Long.MAX_VALUE;
        double[] arena = w.arena(point.plan.arenaSize());
        long end = System.nanoTime() + LaneTier.WARM_UP;
        for (long start = System.nanoTime(); start < end; ) {
            point.run(arena);
            long middle = System.nanoTime();
            ScalarTier.run(plan.shared(), arena);
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
        long shortest = Long.MAX_VALUE;
        long begin = System.nanoTime();
        long changed = begin;
        for (long start = begin; start - begin < longest && start - changed < steady; ) {
            rowSum.stage(w, RowSum.STAGE, tier, sum);
            long now = System.nanoTime();
            if (now - start < 0.9 * shortest) {
                changed = now;
                shortest = now - start;
            }
            start = now;
        }
        return shortest;
    }

    private void share(Workspace w, double[] x, double[] seed) {
        load(w, x, seed);
        ScalarTier.run(plan.shared(), w.arena);
    }

    private void load(Workspace w, double[] x, double[] seed) {
        System.arraycopy(x, 0, w.arena, plan.point(), plan.pointSize());
        if (plan.seed() >= 0) {
            System.arraycopy(seed, 0, w.arena, plan.seed(), plan.seedSize());
        }
    }

    static int target(Plan.Output output, int direction) {
        boolean triangle = output.step() == Plan.Output.TRIANGLE;
        return output.target() + (triangle ? direction * (direction + 1) / 2 : direction * output.step());
    }

    static int length(Plan.Output output, int direction) {
        return output.step() == Plan.Output.TRIANGLE ? direction + 1 : output.length();
    }
}

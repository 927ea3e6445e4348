package hesse.run;

import hesse.kernel.machine.Parallel;
import hesse.kernel.machine.Tuning;
import hesse.kernel.machine.Vectors;
import hesse.plan.Derivative;
import hesse.plan.Plan;

/**
 * Runs a plan at a point, or summed or stacked over rows, by the tier that {@link Tiers} chooses. Shared by any number of threads:
 * each call borrows a {@link Workspace} from a small pool, so a warm call allocates nothing.
 */
public final class Engine {
    /** Which tier serves. */
    public enum Mode {
        SCALAR,
        /** Scalar until so much has been computed that something faster is worth its warm-up, which happens in the background. */
        AUTO,
        LANES,
        FUSED;

        /** Whether what runs step by step may leave a step to a kernel over lanes. */
        boolean allowsKernels() {
            return this != SCALAR && Vectors.on();
        }
    }

    /** Operations below which one thread is faster: about a millisecond. */
    private static final long PARALLEL_FROM = Tuning.PARALLEL_ROWS.value();
    /** Operations of one point or row from which an interrupt is heard between its steps: some ten microseconds. */
    private static final long LONG = 20_000;

    private final Plan plan;
    /** The arena before a point is known. */
    private final double[] image;
    private final RowSum rowSum;
    private final RowStack rowStack;
    private final Tiers tiers;
    private final boolean isLong;
    private final Pool<Workspace> pool = new Pool<>();

    public Engine(Plan plan) {
        this.plan = plan;
        this.image = new double[plan.arenaSize()];
        for (Plan.Constant constant : plan.constants()) {
            constant.values().copyTo(image, constant.slot());
        }
        this.isLong = plan.operations() >= LONG;
        ScalarTier.run(plan.constant(), image, false);
        this.rowSum = new RowSum(this);
        this.rowStack = new RowStack(this);
        this.tiers = new Tiers(plan, image, rowSum);
    }

    /** Whether one point or row takes long. */
    boolean isLong() {
        return isLong;
    }

    /** Runs a section, which an interrupt of this thread ends where it takes long. */
    void run(Plan.Section section, double[] arena, Mode mode) {
        if (isLong) {
            ScalarTier.runLong(section, arena, mode.allowsKernels());
        } else {
            ScalarTier.run(section, arena, mode.allowsKernels());
        }
    }

    public Plan plan() {
        return plan;
    }

    public Workspace borrow() {
        Workspace workspace = pool.take();
        return workspace == null ? new Workspace(image.clone(), plan) : workspace;
    }

    /** Gives a work space back. */
    public void giveBack(Workspace workspace) {
        workspace.release();
        pool.give(workspace);
    }

    /**
     * One point of a body without rows.
     *
     * @param out filled with what follows the value; null where nothing does
     * @param mode which tier; lanes are of no use here
     * @return the value
     */
    public double point(double[] x, double[] seed, double[] out, Mode mode) {
        Workspace w = borrow();
        double value = point(w, x, seed, out, 0, mode);
        giveBack(w);
        return value;
    }

    /** What serves points where that is one compiled method, else null. */
    public PointTier whole(Mode mode) {
        PointTier tier = tiers.point(mode);
        return tier != null && tier.isWhole() ? tier : null;
    }

    /** The same to a work space's {@link Workspace#result}. */
    public void point(Workspace w, double[] x, double[] seed, Mode mode) {
        if (w.result.length > 0) {
            w.result[0] = point(w, x, seed, w.result, 1, mode);
        }
    }

    private double point(Workspace w, double[] x, double[] seed, double[] out, int from, Mode mode) {
        PointTier tier = tiers.point(mode);
        if (tier == null || !tier.isWhole()) {
            load(w, x, seed);
        }
        if (tier != null && !isLong) {
            return tier.evaluate(x, seed, w.arena(tier.plan.arenaSize()), out, from);
        }
        if (tier != null) {
            w.result[0] = tier.evaluateLong(x, seed, w.arena(tier.plan.arenaSize()), w.result, 1);
            return copied(w, out, from);
        }
        run(plan.shared(), w.arena, mode);
        rowStack.results(plan.shared(), w, mode);
        if (mode == Mode.AUTO) {
            tiers.count(plan.operations() + 1);
        }
        return copied(w, out, from);
    }

    /** What follows the value goes where it belongs when all of it is there: an interrupt leaves the caller's array as it was. */
    private static double copied(Workspace w, double[] out, int from) {
        if (out != w.result && out != null) {
            System.arraycopy(w.result, 1, out, from, w.result.length - 1);
        }
        return w.result[0];
    }

    /**
     * The sum of all rows' results.
     *
     * @param mode which tier
     * @param threads the largest number of threads
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public void sum(Workspace w, RowData rows, double[] x, double[] seed, double[] rowSeed, Mode mode, int threads) {
        share(w, x, seed, mode);
        rowSum.run(w, rows, rowSeed, mode, threads);
    }

    /**
     * Every row's result, to where {@link Workspace#stacked} says.
     *
     * @param mode which tier
     * @param threads the largest number of threads
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public void stack(Workspace w, RowData rows, double[] x, double[] seed, Mode mode, int threads) {
        share(w, x, seed, mode);
        rowStack.run(w, rows, rows.count(), null, mode, threads);
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
        rowStack.run(w, null, count, points, mode, threads);
        w.stacked.clear();
    }

    /** The sums over rows at many points, one after the other; parameters as of {@link #points} and {@link #sum}. */
    public void sums(Workspace w, RowData rows, double[] points, int count, Mode mode, int threads) {
        int n = plan.pointSize();
        boolean byComponent = w.stacked.byComponent;
        for (int p = 0; p < count; p++) {
            for (int i = 0; i < n; i++) {
                w.arena[plan.point() + i] = points[byComponent ? i * count + p : p * n + i];
            }
            run(plan.shared(), w.arena, mode);
            rowSum.run(w, rows, null, mode, threads);
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
        // copied before any work begins, which changes the caller's arena
        Workspace[] own = new Workspace[threads];
        own[0] = w;
        for (int k = 1; k < threads; k++) {
            own[k] = borrow();
            System.arraycopy(w.arena, 0, own[k].arena, 0, plan.arenaSize());
        }
        Parallel.each(threads, k -> work.run(w, own[k]));
        for (int k = 1; k < threads; k++) {
            giveBack(own[k]);
        }
    }

    /**
     * The tier of blocks for the next rows of a call, ready in a work space, or null for the scalar one. A long call moves to what has
     * become warm meanwhile.
     *
     * @param before that of the rows before
     */
    LaneTier tier(Workspace w, LaneTier before, Call call, int rows) {
        LaneTier tier = tiers.rows(call.count, rows, call.mode);
        if (tier != null && tier != before) {
            tier.share(w.arena, w.blocks(tier.length));
        }
        return tier;
    }

    /** Warms up now what {@link Mode#AUTO} would warm up later, and returns when it is ready. */
    public void prepare() {
        tiers.prepare();
    }

    /** What a call executes and by which code, for a person. */
    public String explain(Mode mode) {
        return tiers.explain(mode);
    }

    private void share(Workspace w, double[] x, double[] seed, Mode mode) {
        load(w, x, seed);
        run(plan.shared(), w.arena, mode);
    }

    private void load(Workspace w, double[] x, double[] seed) {
        System.arraycopy(x, 0, w.arena, plan.point(), plan.pointSize());
        if (plan.seed() >= 0) {
            System.arraycopy(seed, 0, w.arena, plan.seed(), plan.seedSize());
        }
    }

    static int target(Plan.Output output, int direction) {
        boolean triangle = output.step() == Plan.Output.TRIANGLE;
        return output.target() + (triangle ? Derivative.packedIndex(direction, 0) : direction * output.step());
    }

    static int length(Plan.Output output, int direction) {
        return output.step() == Plan.Output.TRIANGLE ? direction + 1 : output.length();
    }
}

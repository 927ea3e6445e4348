package hesse.run;

import hesse.kernel.Parallel;
import hesse.kernel.Vectors;
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
        /** Scalar until so much has been computed that lanes are worth their warm-up, which happens in the background. */
        AUTO,
        LANES
    }

    private static final int POOL = 64;
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
    private volatile boolean warm;
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

    /** One point of a body without rows. */
    public void point(Workspace w, double[] x, double[] seed) {
        share(w, x, seed);
        rowStack.results(plan.shared(), w);
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
            System.arraycopy(w.arena, 0, own.arena, 0, own.arena.length);
            work.run(w, own);
            giveBack(own);
        });
    }

    /** The lane tier where it is to serve that many rows, else null. */
    private LaneTier lanes(int rows, Mode mode) {
        if (mode == Mode.SCALAR || rows < LaneTier.FROM || !Vectors.on()) {
            return null;
        }
        if (mode == Mode.LANES || warm) {
            return lanes();
        }
        long before = scalarOperations;
        scalarOperations = before + rows * (plan.operations() + 1);
        if (before < WORTH_LANES && scalarOperations >= WORTH_LANES) {
            Thread warmUp = new Thread(this::warmUp, "hesse lane warm-up");
            warmUp.setDaemon(true);
            warmUp.setPriority(Thread.MIN_PRIORITY);
            warmUp.start();
        }
        return null;
    }

    private LaneTier lanes() {
        LaneTier tier = laneTier;
        if (tier == null) {
            tier = new LaneTier(plan);
            laneTier = tier;
        }
        return tier;
    }

    /** Runs blocks of made-up rows until their loops are compiled. */
    private void warmUp() {
        LaneTier tier = lanes();
        Workspace w = new Workspace(image.clone(), plan);
        Arrays.fill(w.arena, plan.point(), plan.point() + plan.pointSize(), 0.5);
        ScalarTier.run(plan.shared(), w.arena);
        int rows = RowSum.STAGE;
        for (int k = 0; k < plan.columns().length; k++) {
            double[] data = new double[rows * plan.columns()[k].width()];
            Arrays.fill(data, 0.5);
            w.window.set(k, data, 0);
        }
        double[] sum = new double[rowSum.partial().size()];
        double[] d = w.blocks(tier.length);
        tier.share(w.arena, d);
        long end = System.nanoTime() + LaneTier.WARM_UP;
        while (System.nanoTime() < end) {
            rowSum.stage(w, rows, tier, sum);
        }
        warm = true;
    }

    private void share(Workspace w, double[] x, double[] seed) {
        System.arraycopy(x, 0, w.arena, plan.point(), plan.pointSize());
        if (plan.seed() >= 0) {
            System.arraycopy(seed, 0, w.arena, plan.seed(), plan.seedSize());
        }
        ScalarTier.run(plan.shared(), w.arena);
    }

    static int target(Plan.Output output, int direction) {
        boolean triangle = output.step() == Plan.Output.TRIANGLE;
        return output.target() + (triangle ? direction * (direction + 1) / 2 : direction * output.step());
    }

    static int length(Plan.Output output, int direction) {
        return output.step() == Plan.Output.TRIANGLE ? direction + 1 : output.length();
    }
}

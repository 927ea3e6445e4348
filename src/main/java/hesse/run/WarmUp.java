package hesse.run;

import hesse.kernel.machine.Interrupts;
import hesse.plan.Plan;
import hesse.tier.BlockTier;
import hesse.tier.Executor;
import hesse.tier.Frame;
import hesse.tier.PointTier;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Warms up what is faster than the reference of one plan: now, or in the background. There all warm-ups of a JVM take
 * turns on one thread of low priority; the callers go on with what they have.
 */
final class WarmUp {
    /** Nanoseconds of a warm-up: what C2 needs for the loops of a middling body. */
    private static final long LANES = 700_000_000L;
    /** Nanoseconds of a warm-up of regions at most: C2 takes a second or two to compile a hundred vector operations. */
    private static final long REGIONS = 8_000_000_000L;
    /** After so many nanoseconds without a change they are taken for compiled. */
    private static final long STEADY = 1_200_000_000L;
    private static final ThreadPoolExecutor BACKGROUND = background();

    private final Plan plan;
    private final Tiers tiers;
    private final RowSum rowSum;
    private final Workspaces workspaces;
    /** Whether nothing is left to warm up, and how long {@link #prepare} took for it; 0 where it did not. */
    private volatile boolean isSettled;
    private volatile double seconds;

    WarmUp(Plan plan, Tiers tiers, RowSum rowSum, Workspaces workspaces) {
        this.plan = plan;
        this.tiers = tiers;
        this.rowSum = rowSum;
        this.workspaces = workspaces;
    }

    private static ThreadPoolExecutor background() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 100, TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "hesse warm-up");
                    thread.setDaemon(true);
                    thread.setPriority(Thread.MIN_PRIORITY);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Warms up in the background what is still in use by then. */
    void later() {
        later(new WeakReference<>(this), false);
    }

    private static void later(WeakReference<WarmUp> reference, boolean regions) {
        BACKGROUND.execute(() -> {
            WarmUp warmUp = reference.get();
            if (warmUp == null) {
                return;
            }
            if (regions) {
                warmUp.regions();
            } else if (warmUp.first()) {
                later(reference, true);
            }
        });
    }

    /** Warms up now, and returns when it is done. */
    void prepare() {
        if (isSettled) {
            return;
        }
        long start = System.nanoTime();
        if (plan.isOfPoint() || tiers.isByBlocks()) {
            if (tiers.isCold()) {
                first();
            }
            if (!plan.isOfPoint()) {
                regions();
            }
        }
        seconds = (System.nanoTime() - start) / 1e9;
        isSettled = true;
    }

    /** How many seconds {@link #prepare} took; 0 where it did not. */
    double seconds() {
        return seconds;
    }

    /** Warms up the compiled point, or lanes; whether regions come next. */
    private boolean first() {
        Workspace w = madeUp();
        if (plan.isOfPoint()) {
            if (tiers.compiled() instanceof PointTier point && isFaster(point, w.frame())) {
                tiers.serve(point);
            }
            return false;
        }
        shortest(tiers.lanes(), w, LANES, LANES);
        w.release();
        tiers.serve(tiers.lanes());
        return true;
    }

    /** Regions serve when they are ready and faster than lanes. */
    private void regions() {
        BlockTier fused = tiers.fused();
        Workspace w = madeUp();
        if (fused != tiers.lanes()
                && shortest(fused, w, REGIONS, STEADY) < shortest(tiers.lanes(), w, LANES / 10, LANES)) {
            tiers.serve(fused);
        }
        w.release();
        isSettled = true;
    }

    private void listen() {
        Interrupts.check("preparing a function of", plan.program().point().size(), "parameters");
    }

    /** A work space at a made-up point, its window on made-up rows. */
    private Workspace madeUp() {
        Workspace w = workspaces.fresh();
        double[] arena = w.frame().arena();
        int point = plan.slot(plan.program().point().value());
        Arrays.fill(arena, point, point + plan.program().point().size(), 0.5);
        tiers.reference(Mode.AUTO).execute(plan.shared(), arena);
        int rows = rowSum.stage(w.frame().window().width());
        for (int k = 0; k < plan.columns().length; k++) {
            double[] data = new double[rows * plan.columns()[k].width()];
            Arrays.fill(data, 0.5);
            w.frame().window().set(k, data, 0);
        }
        return w;
    }

    /** Whether compiled code becomes faster than the reference. */
    private boolean isFaster(PointTier point, Frame frame) {
        long shortest = Long.MAX_VALUE;
        long reference = Long.MAX_VALUE;
        double[] out = new double[plan.layout().size()];
        double[] x = new double[plan.program().point().size()];
        double[] seed = new double[plan.program().seedSize()];
        Arrays.fill(x, 0.5);
        long end = System.nanoTime() + LANES;
        for (long start = System.nanoTime(); start < end; ) {
            listen();
            point.evaluate(x, seed, frame, out, 0);
            long middle = System.nanoTime();
            tiers.reference(Mode.AUTO).evaluate(x, seed, frame, out, 0);
            long now = System.nanoTime();
            shortest = Math.min(shortest, middle - start);
            reference = Math.min(reference, now - middle);
            start = now;
        }
        return shortest < reference;
    }

    /** The shortest time of a stage, in nanoseconds, when it has not become shorter for a while, or time is up. */
    private long shortest(Executor.OverRows executor, Workspace w, long longest, long steady) {
        double[] sum = new double[rowSum.partial().size()];
        // the executor's own plan, by which more may leave than by the engine's: results of points that are laid apart
        w.sumSink().start(w.call(), executor.plan().leaving(), false);
        executor.share(w.frame());
        int rows = rowSum.stage(w.frame().window().width());
        long shortest = Long.MAX_VALUE;
        long begin = System.nanoTime();
        long changed = begin;
        for (long start = begin; start - begin < longest && start - changed < steady; ) {
            listen();
            rowSum.stage(w, rows, executor, sum);
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

package hesse.run;

import hesse.kernel.Arithmetic;
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

    /** Rows of one chunk; a constant, so that the tree of partial sums depends on the number of rows only. */
    static final int CHUNK = 4096;

    private static final int POOL = 64;
    /** Scalar operations after which {@link Mode#AUTO} warms up the lane tier: some 50 ms of the scalar tier's time. */
    private static final long WORTH_LANES = 20_000_000;

    private final Plan plan;
    private final double[] image;
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
        return new Workspace(image.clone(), plan.resultSize());
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
    public void point(Workspace w, double[] x, int from, double[] seed) {
        share(w, x, from, seed);
        Arrays.fill(w.result, 0);
        store(plan.shared().outputs(), w, 0);
        directions(w);
    }

    /**
     * The sum of all rows' results; a sum of no rows is 0.
     *
     * @param mode which tier
     */
    public void sum(Workspace w, RowData rows, double[] x, int from, double[] seed, double[] rowSeed, Mode mode) {
        share(w, x, from, seed);
        LaneTier tier = lanes(rows, mode);
        if (tier != null) {
            sumBlocks(tier, w, rows, rowSeed);
            return;
        }
        double[] sums = w.lanes();
        w.startSum();
        int end = 0;
        for (int chunk = 0; chunk < rows.count(); chunk = end) {
            end = chunk + Math.min(CHUNK, rows.count() - chunk);
            Arrays.fill(sums, 0);
            for (int row = chunk; row < end; row++) {
                int lane = (row - chunk) % Workspace.LANES * plan.resultSize();
                load(w, rows, row, rowSeed);
                ScalarTier.run(plan.row(), w.arena);
                add(plan.row().outputs(), w, lane, 0);
                for (int d = 0; d < plan.directions(); d++) {
                    runDirection(w, d);
                    add(plan.perDirection().outputs(), w, lane, d);
                }
            }
            w.endChunk();
        }
        w.endSum();
    }

    /**
     * Every row's result, stacked: its first entries into one array, the others into another.
     *
     * @param head how many entries of a row go to {@code first}; either array may be null
     * @param mode which tier
     */
    public void stack(Workspace w, RowData rows, double[] x, double[] seed, int head, double[] first, double[] rest, Mode mode) {
        share(w, x, 0, seed);
        LaneTier tier = lanes(rows, mode);
        if (tier != null) {
            stackBlocks(tier, w, rows, head, first, rest);
            return;
        }
        for (int row = 0; row < rows.count(); row++) {
            load(w, rows, row, null);
            ScalarTier.run(plan.row(), w.arena);
            Arrays.fill(w.result, 0);
            store(plan.row().outputs(), w, 0);
            directions(w);
            split(w, row, head, first, rest);
        }
    }

    /** The lane tier where it is to serve these rows, else null. */
    private LaneTier lanes(RowData rows, Mode mode) {
        if (mode == Mode.SCALAR || rows.count() < LaneTier.FROM || !Vectors.on()) {
            return null;
        }
        if (mode == Mode.LANES || warm) {
            return lanes();
        }
        long before = scalarOperations;
        scalarOperations = before + rows.count() * (plan.operations() + 1);
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
        double[] arena = image.clone();
        double[] d = new double[tier.length];
        Arrays.fill(d, 0.5);
        Arrays.fill(arena, plan.point(), plan.point() + plan.pointSize(), 0.5);
        ScalarTier.run(plan.shared(), arena);
        tier.share(arena, d);
        long end = System.nanoTime() + LaneTier.WARM_UP;
        while (System.nanoTime() < end) {
            tier.run(plan.row(), arena, d);
            for (int k = 0; k < plan.directions(); k++) {
                tier.direct(k, 1, arena, d);
                tier.run(plan.perDirection(), arena, d);
                tier.direct(k, 0, arena, d);
            }
        }
        warm = true;
    }

    private void sumBlocks(LaneTier tier, Workspace w, RowData rows, double[] rowSeed) {
        double[] d = w.blocks(tier.length);
        double[] sums = w.columns(Workspace.LANES * plan.resultSize());
        double[] lanes = w.lanes();
        tier.share(w.arena, d);
        w.startSum();
        int end = 0;
        for (int chunk = 0; chunk < rows.count(); chunk = end) {
            end = chunk + Math.min(CHUNK, rows.count() - chunk);
            Arrays.fill(sums, 0, Workspace.LANES * plan.resultSize(), 0);
            for (int row = chunk; row < end; row += tier.size) {
                int count = Math.min(tier.size, end - row);
                tier.load(rows, row, count, rowSeed, d);
                tier.run(plan.row(), w.arena, d);
                addBlocks(plan.row().outputs(), tier, d, count, sums, 0);
                for (int k = 0; k < plan.directions(); k++) {
                    tier.direct(k, 1, w.arena, d);
                    tier.run(plan.perDirection(), w.arena, d);
                    tier.direct(k, 0, w.arena, d);
                    addBlocks(plan.perDirection().outputs(), tier, d, count, sums, k);
                }
            }
            for (int i = 0; i < plan.resultSize(); i++) {
                for (int lane = 0; lane < Workspace.LANES; lane++) {
                    lanes[lane * plan.resultSize() + i] = sums[i * Workspace.LANES + lane];
                }
            }
            w.endChunk();
        }
        w.endSum();
    }

    private static void addBlocks(Plan.Output[] outputs, LaneTier tier, double[] d, int count, double[] sums, int direction) {
        for (Plan.Output output : outputs) {
            int target = target(output, direction);
            int length = length(output, direction);
            for (int i = 0; i < length; i++) {
                Arithmetic.addToLanes(d, tier.block(output.slot() + i), count, sums, (target + i * output.stride()) * Workspace.LANES);
            }
        }
    }

    private void stackBlocks(LaneTier tier, Workspace w, RowData rows, int head, double[] first, double[] rest) {
        double[] d = w.blocks(tier.length);
        int width = plan.resultSize();
        double[] results = w.columns(Math.multiplyExact(tier.size, width));
        tier.share(w.arena, d);
        for (int row = 0; row < rows.count(); row += tier.size) {
            int count = Math.min(tier.size, rows.count() - row);
            tier.load(rows, row, count, null, d);
            tier.run(plan.row(), w.arena, d);
            Arrays.fill(results, 0, count * width, 0);
            storeBlocks(plan.row().outputs(), tier, d, count, results, 0);
            for (int k = 0; k < plan.directions(); k++) {
                tier.direct(k, 1, w.arena, d);
                tier.run(plan.perDirection(), w.arena, d);
                tier.direct(k, 0, w.arena, d);
                storeBlocks(plan.perDirection().outputs(), tier, d, count, results, k);
            }
            for (int r = 0; r < count; r++) {
                split(results, r * width, width, row + r, head, first, rest);
            }
        }
    }

    private void storeBlocks(Plan.Output[] outputs, LaneTier tier, double[] d, int count, double[] results, int direction) {
        for (Plan.Output output : outputs) {
            int target = target(output, direction);
            int length = length(output, direction);
            for (int i = 0; i < length; i++) {
                int from = tier.block(output.slot() + i);
                int to = target + i * output.stride();
                for (int r = 0; r < count; r++) {
                    results[r * plan.resultSize() + to] = d[from + r];
                }
            }
        }
    }

    /** The result's first {@code head} entries to the i-th place of one array, the others to that of another; either may be null. */
    public static void split(Workspace w, int i, int head, double[] first, double[] rest) {
        split(w.result, 0, w.result.length, i, head, first, rest);
    }

    private static void split(double[] results, int from, int width, int i, int head, double[] first, double[] rest) {
        int tail = width - head;
        if (first != null) {
            System.arraycopy(results, from, first, i * head, head);
        }
        if (rest != null) {
            System.arraycopy(results, from + head, rest, i * tail, tail);
        }
    }

    private void share(Workspace w, double[] x, int from, double[] seed) {
        System.arraycopy(x, from, w.arena, plan.point(), plan.pointSize());
        if (plan.seed() >= 0) {
            System.arraycopy(seed, 0, w.arena, plan.seed(), plan.seedSize());
        }
        ScalarTier.run(plan.shared(), w.arena);
    }

    private void load(Workspace w, RowData rows, int row, double[] rowSeed) {
        for (Plan.Column column : plan.columns()) {
            boolean weight = column.index() == Plan.Column.ROW_SEED;
            double[] data = weight ? rowSeed : rows.columns()[column.index()];
            int from = (weight ? row : rows.from() + row) * column.width();
            System.arraycopy(data, from, w.arena, column.slot(), column.width());
        }
    }

    private void directions(Workspace w) {
        for (int d = 0; d < plan.directions(); d++) {
            runDirection(w, d);
            store(plan.perDirection().outputs(), w, d);
        }
    }

    private void runDirection(Workspace w, int d) {
        w.arena[plan.direction() + d] = 1;
        ScalarTier.run(plan.perDirection(), w.arena);
        w.arena[plan.direction() + d] = 0;
    }

    private static void store(Plan.Output[] outputs, Workspace w, int direction) {
        for (Plan.Output output : outputs) {
            int target = target(output, direction);
            int length = length(output, direction);
            for (int i = 0; i < length; i++) {
                w.result[target + i * output.stride()] = w.arena[output.slot() + i];
            }
        }
    }

    private static void add(Plan.Output[] outputs, Workspace w, int lane, int direction) {
        double[] lanes = w.lanes();
        for (Plan.Output output : outputs) {
            int target = lane + target(output, direction);
            int length = length(output, direction);
            for (int i = 0; i < length; i++) {
                lanes[target + i * output.stride()] += w.arena[output.slot() + i];
            }
        }
    }

    private static int target(Plan.Output output, int direction) {
        boolean triangle = output.step() == Plan.Output.TRIANGLE;
        return output.target() + (triangle ? direction * (direction + 1) / 2 : direction * output.step());
    }

    private static int length(Plan.Output output, int direction) {
        return output.step() == Plan.Output.TRIANGLE ? direction + 1 : output.length();
    }
}

package hesse.run;

import hesse.plan.Plan;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Runs a plan at a point, or summed or stacked over rows. Shared by any number of threads: each call borrows a
 * {@link Workspace} from a small pool, so a warm call allocates nothing.
 */
public final class Engine {
    /** Rows of one chunk; a constant, so that the tree of partial sums depends on the number of rows only. */
    static final int CHUNK = 4096;

    private static final int POOL = 64;

    private final Plan plan;
    private final double[] image;
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

    /** The sum of all rows' results; a sum of no rows is 0. */
    public void sum(Workspace w, RowData rows, double[] x, int from, double[] seed, double[] rowSeed) {
        share(w, x, from, seed);
        double[] lanes = w.lanes();
        w.startSum();
        int end = 0;
        for (int chunk = 0; chunk < rows.count(); chunk = end) {
            end = chunk + Math.min(CHUNK, rows.count() - chunk);
            Arrays.fill(lanes, 0);
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
     */
    public void stack(Workspace w, RowData rows, double[] x, double[] seed, int head, double[] first, double[] rest) {
        share(w, x, 0, seed);
        for (int row = 0; row < rows.count(); row++) {
            load(w, rows, row, null);
            ScalarTier.run(plan.row(), w.arena);
            Arrays.fill(w.result, 0);
            store(plan.row().outputs(), w, 0);
            directions(w);
            split(w, row, head, first, rest);
        }
    }

    /** The result's first {@code head} entries to the i-th place of one array, the others to that of another; either may be null. */
    public static void split(Workspace w, int i, int head, double[] first, double[] rest) {
        int tail = w.result.length - head;
        if (first != null) {
            System.arraycopy(w.result, 0, first, i * head, head);
        }
        if (rest != null) {
            System.arraycopy(w.result, head, rest, i * tail, tail);
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

package hesse.run;

import hesse.plan.Plan;
import hesse.tier.Executor;
import hesse.tier.ReferenceTier;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The sum of a plan's results over rows. Rows come in chunks, whose sums combine in a fixed tree ({@link SumTree});
 * within a chunk numbers that leave add up as {@link SumSink} says, and matrices of columns add row by row ({@link
 * PartialSum}). Chunks depend on the number of rows only, so neither tier nor threads change a bit.
 */
final class RowSum {
    /** So many chunks, for as many threads, until a chunk has {@value #LARGEST} stages. */
    private static final int CHUNKS = 16;
    private static final int LARGEST = 32;
    /** Numbers of all rows beyond which no cache holds them: 16 MB. */
    private static final int FAR = 1 << 21;

    private final Plan plan;
    private final Tiers tiers;
    private final Workspaces workspaces;
    private final PartialSum partial;
    private final boolean isLong;
    private final BiConsumer<Workspace, Workspace> chunks = this::chunks;

    RowSum(Plan plan, Tiers tiers, Workspaces workspaces) {
        this.plan = plan;
        this.tiers = tiers;
        this.workspaces = workspaces;
        this.partial = new PartialSum(plan);
        this.isLong = ReferenceTier.isLong(plan);
    }

    PartialSum partial() {
        return partial;
    }

    /**
     * Rows that pass through the plan at once: fewer where they are so wide that buffers of more would be too large. No
     * bit depends on it.
     *
     * @param buffered numbers of each row that are copied
     */
    int stage(int buffered) {
        return Stage.of((long) buffered + partial.kept());
    }

    /** Rows of one chunk. */
    static int chunk(int rows) {
        return Stage.ROWS * Math.clamp(rows / (Stage.ROWS * CHUNKS) + 1, 1, LARGEST);
    }

    /** Sums up to the work space's result and tiles; what is shared by all rows has run. */
    void run(Workspace w, RowData rows, double[] rowSeed, Mode mode, int threads) {
        Call call = w.call();
        call.start(rows, rows.count(), rowSeed, mode, null);
        call.require();
        SumTree tree = w.tree(partial.size());
        tree.start();
        int count = (rows.count() - 1) / chunk(rows.count()) + 1;
        workspaces.onThreads(Math.min(threads, count), w, chunks, rows.count() * (plan.operations() + 1));
        call.require();
        SumResult result = partial.result();
        result.finish(tree.finish(), w.resultOfSum(), w.tiles(result.tilesLength()));
        call.end();
    }

    /** Takes the next chunk until there is none. */
    private void chunks(Workspace caller, Workspace w) {
        Call call = caller.call();
        SumTree tree = caller.tree(partial.size());
        Executor.OverRows executor = null;
        int length = chunk(call.count());
        int stage = stage(call.buffered());
        boolean isFar = partial.multiplies() && (long) call.count() * w.frame().window().width() > FAR;
        for (int from = call.take(length); from < call.count(); from = call.take(length)) {
            double[] sum = tree.take();
            Arrays.fill(sum, 0);
            w.sumSink().start(call, partial.direct(), isLong);
            int end = from + Math.min(length, call.count() - from);
            executor = tiers.rows(w.frame(), executor, call, end - from);
            int count;
            for (int row = from; row < end; row += count) { // never beyond the end, which may be the largest int
                call.stopIfInterrupted(row);
                count = Math.min(stage, end - row);
                call.open(w.frame().window(), row, count);
                if (isFar) {
                    w.keepFetched(w.frame().window().fetch(count));
                }
                stage(w, count, executor, sum);
            }
            w.sumSink().fold(sum);
            tree.add(from / length, sum);
        }
    }

    /** Adds rows of the window: numbers that leave to the sink, columns to the sum. */
    void stage(Workspace w, int count, Executor.OverRows executor, double[] sum) {
        double[] weights = w.weights(partial.weights() * Stage.ROWS);
        boolean simd = executor.rows() > 1;
        double[] numbers = executor.numbers(w.frame());
        executor.open(w.frame(), null, 0, count);
        for (int row = 0; row < count; row += executor.rows()) {
            w.sumSink().listen();
            int length = Math.min(executor.rows(), count - row);
            executor.load(w.frame(), row, length);
            executor.run(executor.plan().row(), w.frame(), row, length, w.sumSink());
            for (int k = 0; k < partial.weights(); k++) {
                System.arraycopy(numbers, executor.at(PartialSum.slot(executor.plan(), k)), weights,
                        k * Stage.ROWS + row, length);
            }
            // while the rows are in a near cache
            partial.spread(w.frame().window(), row, length, weights, Stage.ROWS, sum, simd);
            partial.keep(w, executor, row, length);
        }
        if (partial.multiplies()) {
            partial.add(w, count, weights, Stage.ROWS, sum, simd);
        }
    }
}

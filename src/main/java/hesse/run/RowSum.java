package hesse.run;

import hesse.kernel.Arithmetic;
import hesse.plan.Plan;
import java.util.Arrays;

/**
 * The sum of a plan's results over rows. Rows come in chunks, whose sums combine in a fixed tree ({@link SumTree}); within a chunk
 * outputs add row i to accumulator i mod 8, folded 8, 4, 2, 1, and matrices of columns add row by row ({@link Partial}). Chunks
 * depend on the number of rows only, so neither tier nor threads change a bit.
 */
final class RowSum {
    /** Rows that pass through the plan before their columns enter the matrix products: what the kernels pack at once. */
    static final int STAGE = 384;
    /** Numbers of buffers of rows: 128 MB; one stage of wider rows takes more. */
    static final int BUFFER = 1 << 24;
    private static final int LANES = Workspace.LANES;
    /** So many chunks, for as many threads, until a chunk has {@value #LARGEST} stages. */
    private static final int CHUNKS = 16;
    private static final int LARGEST = 32;
    /** Numbers of all rows beyond which no cache holds them: 16 MB. */
    private static final int FAR = 1 << 21;

    private final Engine engine;
    private final Plan plan;
    private final Partial partial;
    private final Engine.Work chunks = this::chunks;

    RowSum(Engine engine) {
        this.engine = engine;
        this.plan = engine.plan();
        this.partial = new Partial(plan);
    }

    Partial partial() {
        return partial;
    }

    /**
     * Rows that pass through the plan at once: fewer where they are so wide that buffers of more would be too large. No bit depends on it.
     *
     * @param buffered numbers of each row that are copied
     */
    int stage(int buffered) {
        return stageOf((long) buffered + partial.kept());
    }

    /** The same for rows of which so many numbers are kept: a multiple of the accumulators. */
    static int stageOf(long numbers) {
        return Math.clamp(BUFFER / Math.max(1, numbers) / LANES * LANES, LANES, STAGE);
    }

    /** Rows of one chunk. */
    static int chunk(int rows) {
        return STAGE * Math.clamp(rows / (STAGE * CHUNKS) + 1, 1, LARGEST);
    }

    /** Sums up; what is shared by all rows has run. */
    void run(Workspace w, RowData rows, double[] rowSeed, Engine.Mode mode, int threads) {
        rows.require();
        Call call = w.call;
        call.start(rows, rows.count(), rowSeed, mode, null);
        SumTree tree = w.tree(partial.size());
        tree.start();
        int count = (rows.count() - 1) / chunk(rows.count()) + 1;
        engine.onThreads(Math.min(threads, count), w, chunks, rows.count() * (plan.operations() + 1));
        rows.require();
        partial.finish(tree.finish(), w.result);
        call.end();
    }

    /** Takes the next chunk until there is none. */
    private void chunks(Workspace caller, Workspace w) {
        Call call = caller.call;
        SumTree tree = caller.tree(partial.size());
        LaneTier tier = null;
        double[] lanes = w.columns(LANES * partial.direct());
        int length = chunk(call.count);
        int stage = stage(call.rows.buffered());
        boolean isFar = partial.multiplies() && (long) call.count * w.window.width() > FAR;
        for (int from = call.take(length); from < call.count; from = call.take(length)) {
            double[] sum = tree.take();
            Arrays.fill(sum, 0);
            Arrays.fill(lanes, 0, LANES * partial.direct(), 0);
            int end = from + Math.min(length, call.count - from);
            tier = engine.tier(w, tier, call, end - from);
            int count;
            for (int row = from; row < end; row += count) { // never beyond the end, which may be the largest int
                call.stopIfInterrupted(row);
                count = Math.min(stage, end - row);
                w.window.open(call, row, count);
                if (isFar) {
                    w.fetched |= w.window.fetch(count);
                }
                stage(w, call, count, tier, sum);
            }
            fold(lanes, sum);
            tree.add(from / length, sum);
        }
    }

    /** Adds rows of the window of a call: outputs to the accumulators, columns to the sum. */
    void stage(Workspace w, Call call, int count, LaneTier tier, double[] sum) {
        double[] lanes = w.columns(LANES * partial.direct());
        double[] weights = w.weights(partial.weights() * STAGE);
        if (tier == null) {
            rows(w, call, count, lanes, weights);
            partial.spread(w, 0, count, weights, STAGE, sum, false);
        } else {
            blocks(tier, w, call, count, lanes, weights, sum);
        }
        if (partial.multiplies()) {
            partial.add(w, count, weights, STAGE, sum, tier != null);
        }
    }

    private void rows(Workspace w, Call call, int count, double[] lanes, double[] weights) {
        for (int row = 0; row < count; row++) {
            if (engine.isLong()) {
                call.stopIfInterrupted();
            }
            w.window.load(row, w.arena);
            ScalarTier.run(plan.row(), w.arena, call.mode.allowsKernels());
            add(plan.row().outputs(), w.arena, lanes, row % LANES, 0);
            for (int d = 0; d < plan.directions(); d++) {
                w.arena[plan.direction() + d] = 1;
                ScalarTier.run(plan.perDirection(), w.arena, call.mode.allowsKernels());
                w.arena[plan.direction() + d] = 0;
                add(plan.perDirection().outputs(), w.arena, lanes, row % LANES, d);
            }
            for (int k = 0; k < partial.weights(); k++) {
                weights[k * STAGE + row] = w.arena[Partial.slot(plan, k)];
            }
            partial.keep(w, row);
        }
    }

    private static void add(Plan.Output[] outputs, double[] arena, double[] lanes, int lane, int direction) {
        for (Plan.Output output : outputs) {
            int target = Engine.target(output, direction);
            int length = Engine.length(output, direction);
            for (int i = 0; i < length; i++) {
                lanes[(target + i * output.stride()) * LANES + lane] += arena[output.slot() + i];
            }
        }
    }

    private void blocks(LaneTier tier, Workspace w, Call call, int count, double[] lanes, double[] weights, double[] sum) {
        double[] d = w.blocks(tier.length);
        tier.ports().open(w, null, 0, d);
        for (int row = 0; row < count; row += tier.size) {
            if (engine.isLong()) {
                call.stopIfInterrupted();
            }
            int length = Math.min(tier.size, count - row);
            tier.load(w, row, length, d);
            tier.run(tier.plan.row(), w, row, length, d);
            add(tier.plan.row().outputs(), tier, d, length, lanes, 0);
            for (int k = 0; k < tier.plan.directions(); k++) {
                if (engine.isLong()) {
                    call.stopIfInterrupted();
                }
                tier.direct(k, 1, w.arena, d);
                tier.run(tier.plan.perDirection(), w, row, length, d);
                tier.direct(k, 0, w.arena, d);
                add(tier.plan.perDirection().outputs(), tier, d, length, lanes, k);
            }
            for (int k = 0; k < partial.weights(); k++) {
                System.arraycopy(d, tier.block(Partial.slot(tier.plan, k)), weights, k * STAGE + row, length);
            }
            partial.spread(w, row, length, weights, STAGE, sum, true); // while the rows are in a near cache
            partial.keep(w, tier, d, row, length);
        }
    }

    private static void add(Plan.Output[] outputs, LaneTier tier, double[] d, int count, double[] lanes, int direction) {
        for (Plan.Output output : outputs) {
            int target = Engine.target(output, direction);
            int length = Engine.length(output, direction);
            for (int i = 0; i < length; i++) {
                Arithmetic.addToLanes(d, tier.block(output.slot() + i), count, lanes, (target + i * output.stride()) * LANES);
            }
        }
    }

    private void fold(double[] lanes, double[] sum) {
        for (int i = 0; i < partial.direct(); i++) {
            int k = i * LANES;
            for (int half = LANES / 2; half > 0; half /= 2) {
                for (int lane = 0; lane < half; lane++) {
                    lanes[k + lane] += lanes[k + lane + half];
                }
            }
            sum[i] = lanes[k];
        }
    }
}

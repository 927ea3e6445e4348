package hesse.run;

import hesse.kernel.Tiles;
import hesse.kernel.Transpose;
import hesse.kernel.machine.CacheLines;
import hesse.plan.Plan;
import java.util.Arrays;

/** A plan's results of every row, or at every point, one after the other. */
final class RowStack {
    /** Rows from which the first stage is so short that all others start at a cache line of columns that do so. */
    private static final int LARGE = 4 * RowSum.STAGE;

    private final Engine engine;
    private final Plan plan;
    private final Engine.Work stages = this::stages;

    RowStack(Engine engine) {
        this.engine = engine;
        this.plan = engine.plan();
    }

    /** Stacks up; what is shared by all rows has run. */
    void run(Workspace w, RowData rows, int count, double[] points, Engine.Mode mode, int threads) {
        if (plan.resultSize() == 0) {
            return;
        }
        if (rows != null) {
            rows.require();
        }
        w.call.start(rows, count, points, mode, w.stacked);
        int stage = rows == null ? RowSum.STAGE : RowSum.stageOf(rows.buffered());
        if (count >= LARGE && stage == RowSum.STAGE) {
            w.call.startAt(CacheLines.LEAD - RowSum.STAGE);
        }
        engine.onThreads(Math.min(threads, (count - 1) / stage + 1), w, stages, count * (plan.operations() + plan.resultSize()));
        w.call.end();
        if (rows != null) {
            rows.require();
        }
    }

    /** Takes the next rows until there are none. */
    private void stages(Workspace caller, Workspace w) {
        Call call = caller.call;
        LaneTier tier = null;
        int stage = call.rows == null ? RowSum.STAGE : RowSum.stageOf(call.rows.buffered());
        for (int next = call.take(stage); next < call.count; next = call.take(stage)) {
            int row = Math.max(0, next);
            call.stopIfInterrupted(row);
            int length = Math.min(stage - (row - next), call.count - row);
            tier = engine.tier(w, tier, call, length);
            w.window.open(call, row, length);
            if (tier == null) {
                for (int r = 0; r < length; r++) {
                    if (engine.isLong()) {
                        call.stopIfInterrupted();
                    }
                    w.window.load(r, w.arena);
                    ScalarTier.run(plan.row(), w.arena, call.mode.allowsKernels());
                    results(plan.row(), w, call.mode);
                    copy(w.result, 0, 1, row + r, 1, call);
                }
            } else {
                tier.ports().open(w, call, row, w.blocks(tier.length));
                for (int r = 0; r < length; r += tier.size) {
                    if (engine.isLong()) {
                        call.stopIfInterrupted();
                    }
                    block(tier, w, r, Math.min(tier.size, length - r), row + r, call);
                }
            }
        }
    }

    /** The outputs of a section that has run, and of all directions. */
    void results(Plan.Section section, Workspace w, Engine.Mode mode) {
        Arrays.fill(w.result, 0);
        store(section.outputs(), w, 0);
        for (int d = 0; d < plan.directions(); d++) {
            w.arena[plan.direction() + d] = 1;
            engine.run(plan.perDirection(), w.arena, mode);
            w.arena[plan.direction() + d] = 0;
            store(plan.perDirection().outputs(), w, d);
        }
    }

    private static void store(Plan.Output[] outputs, Workspace w, int direction) {
        for (Plan.Output output : outputs) {
            int target = Engine.target(output, direction);
            int length = Engine.length(output, direction);
            for (int i = 0; i < length; i++) {
                w.result[target + i * output.stride()] = w.arena[output.slot() + i];
            }
        }
    }

    /** Puts the result of one point to its place; what follows a sum at that point. */
    void put(Workspace w, int point, int points) {
        w.call.start(null, points, null, null, w.stacked);
        copy(w.result, 0, 1, point, 1, w.call);
        w.call.end();
    }

    private void block(LaneTier tier, Workspace w, int from, int length, int row, Call call) {
        double[] d = w.blocks(tier.length);
        tier.load(w, from, length, d);
        tier.run(tier.plan.row(), w, from, length, d);
        if (call.stacked.byComponent && tier.entries != null) {
            columns(tier, w, d, row, length, call);
            return;
        }
        if (tier.isContiguous) {
            copy(d, tier.entries[0], tier.size, row, length, call);
            return;
        }
        double[] results = w.columns(Math.multiplyExact(tier.size, tier.plan.resultSize()));
        if (tier.entries == null) {
            Arrays.fill(results, 0);
        }
        store(tier.plan.row().outputs(), tier, d, results, 0);
        for (int k = 0; k < tier.plan.directions(); k++) {
            tier.direct(k, 1, w.arena, d);
            tier.run(tier.plan.perDirection(), w, from, length, d);
            tier.direct(k, 0, w.arena, d);
            store(tier.plan.perDirection().outputs(), tier, d, results, k);
        }
        copy(results, 0, tier.size, row, length, call);
    }

    /** Into [entry][row of the block]. */
    private static void store(Plan.Output[] outputs, LaneTier tier, double[] d, double[] results, int direction) {
        for (Plan.Output output : outputs) {
            int target = Engine.target(output, direction);
            int length = Engine.length(output, direction);
            for (int i = 0; i < length; i++) {
                System.arraycopy(d, tier.block(output.slot() + i), results, (target + i * output.stride()) * tier.size, tier.size);
            }
        }
    }

    /** A block's results component by component, each straight to its place, if a region did not leave it there. */
    private static void columns(LaneTier tier, Workspace w, double[] d, int row, int length, Call call) {
        Stacked out = call.stacked;
        for (int i = 0; i < tier.entries.length; i++) {
            if (out.array(i) != null && !tier.ports().isLeft(i, w, d)) {
                copy(d, tier.entries[i], 1, out.array(i), out.index(i) * call.count + row, length, out.scale, out.adds);
            }
        }
    }

    /** Results [entry][size] of some rows, which start at an index, to their places. */
    private void copy(double[] results, int start, int size, int row, int length, Call call) {
        Stacked out = call.stacked;
        int done = out.head + out.middle;
        copy(results, start, out.head, size, row, length, call, out.first);
        copy(results, start + out.head * size, out.middle, size, row, length, call, out.second);
        copy(results, start + done * size, plan.resultSize() - done, size, row, length, call, out.rest);
    }

    private static void copy(double[] results, int start, int entries, int size, int row, int length, Call call, double[] out) {
        if (out == null) {
            return;
        }
        boolean byComponent = call.stacked.byComponent || entries == 1;
        double scale = call.stacked.scale;
        for (int i = 0; byComponent && i < entries; i++) {
            copy(results, start + i * size, 1, out, i * call.count + row, length, scale, call.stacked.adds);
        }
        if (!byComponent && size > 1 && call.stacked.isPlain()) {
            Transpose.columns(results, start, entries, size, length, out, row * entries, entries);
            return;
        }
        for (int r = 0; !byComponent && r < length; r++) {
            copy(results, start + r, size, out, (row + r) * entries, entries, scale, call.stacked.adds);
        }
    }

    private static void copy(double[] from, int at, int stride, double[] to, int start, int length, double scale, boolean adds) {
        if (stride == 1 && scale == 1 && !adds) {
            System.arraycopy(from, at, to, start, length);
        } else if (adds) {
            for (int i = 0; i < length; i++) {
                to[start + i] += scale * from[at + i * stride];
            }
        } else {
            for (int i = 0; i < length; i++) {
                to[start + i] = scale * from[at + i * stride];
            }
        }
    }
}

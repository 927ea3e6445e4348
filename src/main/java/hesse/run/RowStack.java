package hesse.run;

import hesse.kernel.machine.CacheLines;
import hesse.plan.Plan;
import hesse.tier.Executor;
import hesse.tier.ReferenceTier;
import java.util.function.BiConsumer;

/** A plan's results of every row, or at every point, one after the other. */
final class RowStack {
    /** Rows from which the first stage is so short that all others start at a cache line of columns that do so. */
    private static final int LARGE = 4 * Stage.ROWS;

    private final Plan plan;
    private final Tiers tiers;
    private final Workspaces workspaces;
    private final boolean isLong;
    private final BiConsumer<Workspace, Workspace> stages = this::stages;

    RowStack(Plan plan, Tiers tiers, Workspaces workspaces) {
        this.plan = plan;
        this.tiers = tiers;
        this.workspaces = workspaces;
        this.isLong = ReferenceTier.isLong(plan);
    }

    /**
     * Stacks up, to where {@link Workspace#destination} says; what is shared by all rows has run.
     *
     * @param rows null where the points are the rows
     * @param points null where rows are the rows
     */
    void run(Workspace w, RowData rows, int count, double[] points, Mode mode, int threads) {
        int results = plan.layout().size();
        if (results == 0) {
            return;
        }
        Call call = w.call();
        call.start(rows, count, points, mode, w.destination());
        call.require();
        int stage = Stage.of(call.buffered());
        if (count >= LARGE && stage == Stage.ROWS) {
            call.startAt(CacheLines.LEAD - Stage.ROWS);
        }
        long operations = count * (plan.operations() + results);
        workspaces.onThreads(Math.min(threads, (count - 1) / stage + 1), w, stages, operations);
        call.require();
        call.end();
    }

    /** Takes the next rows until there are none. */
    private void stages(Workspace caller, Workspace w) {
        Call call = caller.call();
        StackSink sink = w.stackSink();
        Executor.OverRows executor = null;
        int stage = Stage.of(call.buffered());
        for (int next = call.take(stage); next < call.count(); next = call.take(stage)) {
            int row = Math.max(0, next);
            call.stopIfInterrupted(row);
            int length = Math.min(stage - (row - next), call.count() - row);
            executor = tiers.rows(w.frame(), executor, call, length);
            call.open(w.frame().window(), row, length);
            executor.open(w.frame(), call.destination(), row, call.count());
            for (int r = 0; r < length; r += executor.rows()) {
                int count = Math.min(executor.rows(), length - r);
                sink.start(call, executor, isLong);
                sink.listen();
                executor.load(w.frame(), r, count);
                executor.run(executor.plan().row(), w.frame(), r, count, sink);
                sink.end(executor, w.frame(), row + r, count);
            }
        }
    }

    /** Puts the result of one point to its place; what follows a sum at that point. */
    void put(Workspace w, double[] result, int point, int points) {
        w.call().start(null, points, null, null, w.destination());
        w.stackSink().put(w.call(), result, point);
        w.call().end();
    }
}

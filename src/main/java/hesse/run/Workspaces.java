package hesse.run;

import hesse.kernel.machine.Parallel;
import hesse.kernel.machine.Pool;
import hesse.kernel.machine.Tuning;
import hesse.plan.Plan;
import java.util.function.BiConsumer;

/** The work spaces of an engine, and threads that have one each. */
final class Workspaces {
    /** Operations below which one thread is faster: about a millisecond. */
    private static final long PARALLEL_FROM = Tuning.PARALLEL_ROWS.value();

    private final Plan plan;
    private final double[] image;
    private final Pool<Workspace> pool = new Pool<>();

    Workspaces(Plan plan, double[] image) {
        this.plan = plan;
        this.image = image;
    }

    Workspace borrow() {
        Workspace workspace = pool.take();
        return workspace == null ? fresh() : workspace;
    }

    /** One that no call had. */
    Workspace fresh() {
        return new Workspace(plan, image);
    }

    void giveBack(Workspace workspace) {
        workspace.release();
        pool.give(workspace);
    }

    /**
     * Runs the same work on several threads where there is enough of it, each with a work space of its own; the
     * caller's, which has the call and a point in its arena, is one of them.
     *
     * @param work given the caller's work space and the thread's own
     */
    void onThreads(int threads, Workspace w, BiConsumer<Workspace, Workspace> work, long operations) {
        if (threads == 1 || operations < PARALLEL_FROM) {
            work.accept(w, w);
            return;
        }
        // copied before any work begins, which changes the caller's arena
        Workspace[] own = new Workspace[threads];
        own[0] = w;
        for (int k = 1; k < threads; k++) {
            own[k] = borrow();
            System.arraycopy(w.frame().arena(), 0, own[k].frame().arena(), 0, plan.arenaSize());
        }
        Parallel.each(threads, k -> work.accept(w, own[k]));
        for (int k = 1; k < threads; k++) {
            giveBack(own[k]);
        }
    }
}

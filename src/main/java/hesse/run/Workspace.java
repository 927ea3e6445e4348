package hesse.run;

import hesse.kernel.Tiles;
import hesse.kernel.machine.CacheLines;
import hesse.plan.Plan;
import java.util.Arrays;

/** What one call, or one of its threads, needs besides arguments. Kept in its engine's pool. */
public final class Workspace {
    /** A sum over rows adds row i of a chunk to accumulator i mod 8. */
    static final int LANES = 8;
    /** Arenas of blocks that no call has: of all engines, since each is large. */
    private static final Pool<double[]> ARENAS = new Pool<>();

    /** Grows for a plan by regions. */
    double[] arena;
    final double[] result;
    final Window window;
    final Call call = new Call();
    final Stacked stacked = new Stacked();
    /** See {@link Window#fetch}. */
    long fetched;
    /** Made by the first sum over rows. */
    private SumTree tree;

    /** What rows work on: [entry][LANES] partial sums or a block's results, weights, vectors of outer products, scaled rows. */
    private double[] columns = {};
    private double[] weights = {};
    private double[] factors = {};
    private double[] scratch = {};
    /** An arena of blocks; null until it is asked for. */
    private double[] blocks;
    private Ports.Open ports = new Ports.Open(0);
    private Workspace next;

    Workspace(double[] arena, Plan plan) {
        this.arena = arena;
        this.result = new double[plan.resultSize()];
        this.window = new Window(plan);
    }

    /** The flat result of the call, laid out as its {@link hesse.plan.Derivative} says. */
    public double[] result() {
        return result;
    }

    /** Where the results of the next call that stacks them go. */
    public Stacked stacked() {
        return stacked;
    }

    /** The work space of what is to be added to this result, while a caller holds both. */
    public Workspace next() {
        return next;
    }

    public void next(Workspace other) {
        next = other;
    }

    SumTree tree(int size) {
        if (tree == null) {
            tree = new SumTree(size);
        }
        return tree;
    }

    double[] arena(int length) {
        return arena.length < length ? arena = Arrays.copyOf(arena, length) : arena;
    }

    /** An arena of blocks from {@link CacheLines#LEAD} on, so that no vector straddles two cache lines. */
    double[] blocks(int length) {
        if (blocks == null) {
            blocks = ARENAS.take();
        }
        if (blocks == null || blocks.length < length) {
            blocks = new double[Math.max(length, CacheLines.OF_ITS_OWN)];
        }
        return blocks;
    }

    /** Lets go of the caller's arrays, and of what calls of other engines can use. */
    void release() {
        next = null;
        window.release();
        ports.release();
        if (blocks != null) {
            ARENAS.give(blocks);
            blocks = null;
        }
    }

    double[] columns(int length) {
        return columns.length < length ? columns = new double[length] : columns;
    }

    double[] weights(int length) {
        return weights.length < length ? weights = new double[length] : weights;
    }

    double[] factors(int length) {
        return factors.length < length ? factors = new double[length] : factors;
    }

    Ports.Open ports(int count) {
        return ports.at.length < count ? ports = new Ports.Open(count) : ports;
    }

    double[] scratch(int length) {
        return scratch.length < length ? scratch = new double[length] : scratch;
    }
}

package hesse.run;

import hesse.plan.Plan;
import java.util.Arrays;

/** What one call, or one of its threads, needs besides arguments. Kept in its engine's pool. */
public final class Workspace {
    /** A sum over rows adds row i of a chunk to accumulator i mod 8. */
    static final int LANES = 8;

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

    /** What rows work on: an arena of blocks, [entry][LANES] partial sums or a block's results, weights, vectors of outer products, scaled rows. */
    private double[] blocks = {};
    private double[] columns = {};
    private double[] weights = {};
    private double[] factors = {};
    private double[] scratch = {};

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

    SumTree tree(int size) {
        if (tree == null) {
            tree = new SumTree(size);
        }
        return tree;
    }

    double[] arena(int length) {
        return arena.length < length ? arena = Arrays.copyOf(arena, length) : arena;
    }

    double[] blocks(int length) {
        return blocks.length < length ? blocks = new double[length] : blocks;
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

    double[] scratch(int length) {
        return scratch.length < length ? scratch = new double[length] : scratch;
    }
}

package hesse.run;

import hesse.plan.Layout;
import hesse.plan.Layout.Part;
import hesse.plan.Plan;
import hesse.tier.Destination;
import hesse.tier.Frame;

/** What one call, or one of its threads, needs besides arguments. Kept in its engine's pool. */
public final class Workspace {
    private final Frame frame;
    private final Layout layout;
    private final Call call = new Call();
    private final Destination destination;
    private final SumSink sumSink = new SumSink();
    private final StackSink stackSink;
    /** See {@link hesse.tier.Window#fetch}; kept, so that its loads are. */
    private long fetched;
    /** Made by the first sum over rows. */
    private SumTree tree;
    private double[] tiles = {};
    private double[] result = {};
    private double[] weights = {};
    private double[] factors = {};
    private double[] scratch = {};
    private Workspace next;

    /** @param image the arena of a plan before a point is known */
    Workspace(Plan plan, double[] image) {
        this.frame = new Frame(plan, image);
        this.layout = plan.layout();
        this.destination = new Destination(layout);
        this.stackSink = new StackSink(layout);
    }

    Frame frame() {
        return frame;
    }

    Call call() {
        return call;
    }

    SumSink sumSink() {
        return sumSink;
    }

    StackSink stackSink() {
        return stackSink;
    }

    /** The flat result of the call in the order of its {@link Layout}; after a sum without the symmetric matrix. */
    public double[] result() {
        return result;
    }

    /** The symmetric matrix of a sum, in the tiles of a {@code SymmetricMatrix}. */
    public double[] tiles() {
        return tiles;
    }

    /** Room for the result of a point. */
    double[] resultOfPoint() {
        return room(layout.size());
    }

    /** Room for the result of a sum; a symmetric matrix goes to {@link #tiles}. */
    double[] resultOfSum() {
        return room(layout.storage() == Layout.Storage.PACKED ? layout.from(Part.MATRIX) : layout.size());
    }

    private double[] room(int length) {
        return result.length < length ? result = new double[length] : result;
    }

    double[] tiles(int length) {
        return tiles.length < length ? tiles = new double[length] : tiles;
    }

    Destination destination() {
        return destination;
    }

    /**
     * Says where the results of the next call that stacks them go: each part to an array of its own, which may be null.
     *
     * @param byComponent whether an array holds an entry of all results, then the next entry; else all entries of a
     *     result, then the next result
     * @param scale what results are multiplied by
     * @param adds whether they are added to what is there
     */
    public void stackTo(double[] values, double[] gradients, double[] matrices, boolean byComponent, double scale,
            boolean adds) {
        destination.to(values, gradients, matrices).as(byComponent, scale, adds);
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

    void keepFetched(long bits) {
        fetched |= bits;
    }

    /** Lets go of the caller's arrays, and of what calls of other engines can use. */
    void release() {
        next = null;
        frame.release();
    }

    /** The numbers that belong to spreads and grams, those of all rows of a stage one after the other. */
    double[] weights(int length) {
        return weights.length < length ? weights = new double[length] : weights;
    }

    /** The vectors of outer products, row by row. */
    double[] factors(int length) {
        return factors.length < length ? factors = new double[length] : factors;
    }

    /** Scaled rows. */
    double[] scratch(int length) {
        return scratch.length < length ? scratch = new double[length] : scratch;
    }
}

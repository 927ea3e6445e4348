package hesse.run;

import hesse.plan.Body;
import hesse.plan.Derivative;
import hesse.plan.Layout.Part;
import hesse.plan.Placement;
import hesse.plan.Plan;
import hesse.tier.Executor;
import hesse.tier.PointTier;
import hesse.tier.ReferenceTier;

/**
 * Runs one derivative of a body: at a point, or summed or stacked over rows, by the executor that {@link Tiers}
 * chooses. Shared by any number of threads: each call borrows a {@link Workspace}, so a warm call allocates nothing.
 */
public final class Engine {
    private final Plan plan;
    private final RowSum rowSum;
    private final RowStack rowStack;
    private final Tiers tiers;
    private final WarmUp warmUp;
    private final Workspaces workspaces;
    private final boolean isLong;
    private final int pointSize;
    private final int pointSlot;

    Engine(Derivative derivative, Body body) {
        this.plan = Placement.of(derivative.steps(body));
        double[] image = plan.image();
        new ReferenceTier(plan, false).execute(plan.constant(), image);
        this.workspaces = new Workspaces(plan, image);
        this.tiers = new Tiers(plan, image, this::warmUpLater);
        this.rowSum = new RowSum(plan, tiers, workspaces);
        this.rowStack = new RowStack(plan, tiers, workspaces);
        this.warmUp = new WarmUp(plan, tiers, rowSum, workspaces);
        this.pointSize = plan.program().point().size();
        this.pointSlot = plan.slot(plan.program().point().value());
        this.isLong = ReferenceTier.isLong(plan);
    }

    private void warmUpLater() {
        warmUp.later();
    }

    public Plan plan() {
        return plan;
    }

    public Workspace borrow() {
        return workspaces.borrow();
    }

    /** Gives a work space back. */
    public void giveBack(Workspace workspace) {
        workspaces.giveBack(workspace);
    }

    /**
     * One point of a body without rows.
     *
     * @param seed null where there is none
     * @param out filled with what follows the value; null where nothing does
     * @return the value
     */
    public double point(double[] x, double[] seed, double[] out, Mode mode) {
        Workspace w = borrow();
        double value = point(w, x, seed, out, 0, mode);
        giveBack(w);
        return value;
    }

    /** What serves points where that is one compiled method, else null. */
    public PointTier whole(Mode mode) {
        return tiers.point(mode) instanceof PointTier tier && tier.isWhole() ? tier : null;
    }

    /** The same to a work space's {@link Workspace#result}. */
    public void point(Workspace w, double[] x, double[] seed, Mode mode) {
        double[] result = w.resultOfPoint();
        if (plan.layout().size() > 0) {
            result[0] = point(w, x, seed, result, 1, mode);
        }
    }

    /**
     * What follows the value goes where it belongs when all of it is there: an interrupt leaves the caller's array as
     * it was.
     */
    private double point(Workspace w, double[] x, double[] seed, double[] out, int from, Mode mode) {
        Executor.AtPoint executor = tiers.point(mode);
        if (mode == Mode.AUTO && executor == tiers.reference(mode)) {
            tiers.count(plan.operations() + 1);
        }
        if (!isLong || out == w.result()) {
            return executor.evaluate(x, seed, w.frame(), out, from);
        }
        double[] result = w.resultOfPoint();
        double value = executor.evaluate(x, seed, w.frame(), result, 1);
        if (out != null) {
            System.arraycopy(result, 1, out, from, plan.layout().size() - 1);
        }
        return value;
    }

    /**
     * The sum of all rows' results, to a work space's {@link Workspace#result} and {@link Workspace#tiles}.
     *
     * @param threads the largest number of threads
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public void sum(Workspace w, RowData rows, double[] x, double[] seed, double[] rowSeed, Mode mode, int threads) {
        share(w, x, seed, mode);
        rowSum.run(w, rows, rowSeed, mode, threads);
    }

    /**
     * Every row's result, to where {@link Workspace#destination} says.
     *
     * @param threads the largest number of threads
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public void stack(Workspace w, RowData rows, double[] x, double[] seed, Mode mode, int threads) {
        share(w, x, seed, mode);
        rowStack.run(w, rows, rows.count(), null, mode, threads);
        w.destination().clear();
    }

    /**
     * The results at many points, to where {@link Workspace#destination} says; the plan takes the point as a column.
     *
     * @param points laid out as the results
     * @param threads the largest number of threads
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public void points(Workspace w, double[] points, int count, Mode mode, int threads) {
        rowStack.run(w, null, count, points, mode, threads);
        w.destination().clear();
    }

    /** The sums over rows at many points, one after the other; parameters as of {@link #points} and {@link #sum}. */
    public void sums(Workspace w, RowData rows, double[] points, int count, Mode mode, int threads) {
        boolean byComponent = w.destination().byComponent();
        double[] arena = w.frame().arena();
        for (int p = 0; p < count; p++) {
            for (int i = 0; i < pointSize; i++) {
                arena[pointSlot + i] = points[byComponent ? i * count + p : p * pointSize + i];
            }
            tiers.reference(mode).execute(plan.shared(), arena);
            rowSum.run(w, rows, null, mode, threads);
            double[] result = w.resultOfPoint();
            rowSum.partial().result().pack(w.tiles(), result, plan.layout().from(Part.MATRIX));
            rowStack.put(w, result, p, count);
        }
        w.destination().clear();
    }

    /** Warms up now what {@link Mode#AUTO} would warm up later, and returns when it is ready. */
    public void prepare() {
        warmUp.prepare();
    }

    /** What a call executes and by which code, for a person. */
    public String explain(Mode mode) {
        return Explanation.of(plan, tiers, mode, warmUp.seconds());
    }

    private void share(Workspace w, double[] x, double[] seed, Mode mode) {
        ReferenceTier reference = tiers.reference(mode);
        reference.load(x, seed, w.frame());
        reference.execute(plan.shared(), w.frame().arena());
    }
}

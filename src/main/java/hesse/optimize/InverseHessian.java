package hesse.optimize;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The last {@value #PAIRS} steps and changes of the gradient as an approximation of the inverse Hessian (Nocedal and
 * Wright, Numerical Optimization, 2006, algorithm 7.4).
 */
final class InverseHessian {
    private static final int PAIRS = 10;
    /** Cosines between step and change up to this are rounding, and no sign of positive curvature. */
    private static final double ORTHOGONAL = 1e-15;

    /** A step s, the change y of the gradient along it, and s'y. */
    private record Pair(double[] step, double[] change, double product) {}

    private final ArrayDeque<Pair> pairs = new ArrayDeque<>();

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    void clear() {
        pairs.clear();
    }

    /** Takes a step where curvature along it is positive; reuses the arrays of the step that it drops. */
    void add(double[] x, double[] g, double[] nextX, double[] nextG) {
        Pair old = pairs.size() == PAIRS ? pairs.removeFirst() : null;
        double[] step = old == null ? new double[x.length] : old.step;
        double[] change = old == null ? new double[x.length] : old.change;
        for (int i = 0; i < x.length; i++) {
            step[i] = nextX[i] - x[i];
            change[i] = nextG[i] - g[i];
        }
        double product = Algebra.dot(step, change);
        if (product > ORTHOGONAL * Algebra.norm(step) * Algebra.norm(change)) {
            pairs.addLast(new Pair(step, change, product));
        }
    }

    /** Replaces d, a gradient on entry, by minus its product with the approximation. */
    void descend(double[] d) {
        double[] alpha = new double[pairs.size()];
        int k = pairs.size();
        for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
            Pair pair = newest.next();
            alpha[--k] = Algebra.dot(pair.step, d) / pair.product;
            Algebra.add(d, -alpha[k], pair.change);
        }
        Pair last = pairs.peekLast();
        double scale = last == null ? 1 : last.product / Algebra.dot(last.change, last.change);
        for (int i = 0; i < d.length; i++) {
            d[i] *= scale;
        }
        for (Pair pair : pairs) {
            Algebra.add(d, alpha[k] - Algebra.dot(pair.change, d) / pair.product, pair.step);
            k++;
        }
        for (int i = 0; i < d.length; i++) {
            d[i] = 0.0 - d[i];
        }
    }
}

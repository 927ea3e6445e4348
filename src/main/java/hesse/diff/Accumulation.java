package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Op;

/** How derivative contributions are added up. */
final class Accumulation {
    private Accumulation() {}

    /**
     * a + b, where a product among the two becomes the product of a multiply-add: one operation and one rounding less.
     * The product is computed on its own only where something else needs it. Null is a structural zero.
     */
    static Node add(Graph g, Node a, Node b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        Node fused = fuse(g, a, b);
        if (fused == null) {
            fused = fuse(g, b, a);
        }
        return fused == null ? g.add(a, b) : fused;
    }

    private static Node fuse(Graph g, Node sum, Node product) {
        if (!sum.shape().equals(product.shape())) {
            return null;
        }
        if (product.operation() == Op.MULTIPLY) {
            return g.fma(product.arg(0), product.arg(1), sum);
        }
        if (product.operation() == Op.NEGATE && product.arg(0).operation() == Op.MULTIPLY) {
            return g.fnma(product.arg(0).arg(0), product.arg(0).arg(1), sum);
        }
        return null;
    }

    /** The value where the mask is not zero, else 0: keeps what is not finite out of branches that were not taken. */
    static Node gated(Graph g, Node value, Node mask) {
        return mask == null ? value : g.select(mask, value, g.constant(0));
    }

    /** The sum of all entries; a sum of products becomes an inner product. */
    static Node sum(Graph g, Node a) {
        boolean inner = a.operation() == Op.MULTIPLY && a.arg(0).size() == a.size() && a.arg(1).size() == a.size();
        return inner && a.size() > 1 ? g.dot(a.arg(0), a.arg(1)) : g.sum(a);
    }
}

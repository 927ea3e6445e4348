package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import java.util.Arrays;

/** Which nodes matter: those that given roots depend on, and those among them that depend on given leaves. */
final class Reachable {
    private Reachable() {}

    /** By id, up to the largest root: whether some root depends on the node. */
    static boolean[] from(Graph g, Node... roots) {
        int last = -1;
        for (Node root : roots) {
            last = root == null ? last : Math.max(last, root.id());
        }
        boolean[] reachable = new boolean[last + 1];
        for (Node root : roots) {
            if (root != null) {
                reachable[root.id()] = true;
            }
        }
        spread(g, reachable, reachable);
        return reachable;
    }

    /** As {@link #from}, where nothing behind the leaves counts. */
    static boolean[] upTo(Graph g, Node root, Node... leaves) {
        boolean[] reachable = new boolean[root.id() + 1];
        boolean[] open = new boolean[reachable.length];
        reachable[root.id()] = true;
        Arrays.fill(open, true);
        for (Node leaf : leaves) {
            if (leaf.id() < open.length) {
                open[leaf.id()] = false;
            }
        }
        spread(g, reachable, open);
        return reachable;
    }

    private static void spread(Graph g, boolean[] reachable, boolean[] open) {
        for (int id = reachable.length - 1; id >= 0; id--) {
            if (reachable[id] && open[id]) {
                for (Node arg : g.node(id).args()) {
                    reachable[arg.id()] = true;
                }
            }
        }
    }

    /** By id: whether the node is one of the leaves or depends on one, among the reachable nodes. */
    static boolean[] active(Graph g, boolean[] reachable, Node... leaves) {
        boolean[] active = new boolean[reachable.length];
        for (Node leaf : leaves) {
            if (leaf.id() < active.length) {
                active[leaf.id()] = true;
            }
        }
        for (int id = 0; id < active.length; id++) {
            if (reachable[id] && !active[id]) {
                for (Node arg : g.node(id).args()) {
                    active[id] |= active[arg.id()];
                }
            }
        }
        return active;
    }
}

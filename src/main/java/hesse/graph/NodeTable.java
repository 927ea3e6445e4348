package hesse.graph;

import hesse.kernel.machine.Interrupts;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Nodes in topological order, each once: hash-consing. A node that is asked for is looked up by operation, shape and
 * operands in a table with open addressing; where it is new it is appended. Used by one thread at a time.
 */
final class NodeTable {
    /** Nodes after which an interrupt is heard: a few milliseconds. */
    private static final int LISTENS = 1 << 13;

    private final BiFunction<Operation, Node[], Range> ranges;
    private Node[] nodes = new Node[64];
    private int size;
    /** Hash and node id + 1 in one word, 0 where free, so that a probe rarely looks at a node. */
    private long[] table = new long[256];

    /** @param ranges what is known of a new node's values */
    NodeTable(BiFunction<Operation, Node[], Range> ranges) {
        this.ranges = ranges;
    }

    int size() {
        return size;
    }

    Node node(int id) {
        return nodes[id];
    }

    /** The node with this operation, shape and operands. */
    Node intern(Operation operation, Shape shape, Node... args) {
        int hash = hash(operation, shape, args);
        int slot = hash & table.length - 1;
        while (table[slot] != 0) {
            if ((int) (table[slot] >>> 32) == hash) {
                Node known = nodes[(int) table[slot] - 1];
                if (isSame(known, operation, shape, args)) {
                    return known;
                }
            }
            slot = slot + 1 & table.length - 1;
        }
        Node node = new Node(size, operation, shape, args, ranges.apply(operation, args));
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        nodes[size++] = node;
        table[slot] = (long) hash << 32 | size;
        if (2 * size > table.length) {
            grow();
        }
        if (size % LISTENS == 0) {
            Interrupts.check("writing down a function, so far of", size, "operations");
        }
        return node;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & table.length - 1;
                while (table[slot] != 0) {
                    slot = slot + 1 & table.length - 1;
                }
                table[slot] = entry;
            }
        }
    }

    private static boolean isSame(Node known, Operation operation, Shape shape, Node[] args) {
        if (known.args().length != args.length || !known.operation().equals(operation)) {
            return false;
        }
        for (int i = 0; i < args.length; i++) {
            if (known.arg(i) != args[i]) {
                return false;
            }
        }
        return known.shape().equals(shape);
    }

    private static int hash(Operation operation, Shape shape, Node[] args) {
        int hash = mix(operation.hashCode(), shape.hashCode());
        for (Node arg : args) {
            hash = mix(hash, arg.id());
        }
        return hash;
    }

    /**
     * Spreads every bit over the word: neighbouring ids must not become neighbouring slots, which would form long runs.
     */
    private static int mix(int hash, int next) {
        int mixed = (hash ^ next) * 0x9E3779B1;
        mixed ^= mixed >>> 15;
        mixed *= 0x85EBCA77;
        return mixed ^ mixed >>> 13;
    }
}

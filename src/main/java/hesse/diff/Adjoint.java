package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The adjoint of one node while contributions arrive: a value, and a mask that is not zero where the node takes part in
 * the result at all. The value under a zero mask is never looked at, so a branch that was not taken may hold anything.
 * Adjoints of views are kept as pieces and assembled once, so that n scalar reads of a vector cost n, not n^2.
 */
final class Adjoint {
    /** A contribution to consecutive entries. */
    private record Piece(int offset, int size) {}

    private final Graph g;
    private final Shape shape;
    private Node value;
    private Node mask;
    private Map<Piece, Adjoint> pieces;

    Adjoint(Graph g, Shape shape) {
        this.g = g;
        this.shape = shape;
    }

    Node value() {
        return value;
    }

    Node mask() {
        return mask;
    }

    /** The adjoint with 0 where the mask is 0. */
    Node gated() {
        return Accumulation.gated(g, value, mask);
    }

    void add(Node contribution, Node gate) {
        if (value == null) {
            value = contribution;
            mask = gate;
        } else if (mask == gate) {
            value = Accumulation.add(g, value, contribution);
        } else {
            value = Accumulation.add(g, gated(), Accumulation.gated(g, contribution, gate));
            mask = mask == null || gate == null ? null : g.add(mask, gate);
        }
    }

    void addPiece(int offset, Node contribution, Node gate) {
        if (pieces == null) {
            pieces = new HashMap<>();
        }
        int size = contribution.size();
        Shape flat = Shape.of(size);
        Node flatGate = gate == null || gate.shape().isScalar() ? gate : g.reshape(gate, flat);
        pieces.computeIfAbsent(new Piece(offset, size), piece -> new Adjoint(g, flat))
                .add(g.reshape(contribution, flat), flatGate);
    }

    /**
     * Lays the pieces out in as few arrays as overlaps allow and adds these.
     *
     * @param last whether the adjoint is a result and passes on to nothing: then each piece is gated by its own mask.
     *     Below an interior node a slope may be infinite where a branch was not taken, and times a gated 0 make NaN, so
     *     there the masks are laid out too.
     */
    void assemble(boolean last) {
        if (pieces == null) {
            return;
        }
        List<Map.Entry<Piece, Adjoint>> rest = new ArrayList<>(pieces.entrySet());
        rest.sort(Comparator.comparingInt((Map.Entry<Piece, Adjoint> e) -> e.getKey().offset())
                .thenComparingInt(e -> e.getKey().size()));
        pieces = null;
        while (!rest.isEmpty()) {
            List<Map.Entry<Piece, Adjoint>> layer = new ArrayList<>();
            List<Map.Entry<Piece, Adjoint>> later = new ArrayList<>();
            int end = 0;
            for (Map.Entry<Piece, Adjoint> piece : rest) {
                if (piece.getKey().offset() >= end) {
                    layer.add(piece);
                    end = piece.getKey().offset() + piece.getKey().size();
                } else {
                    later.add(piece);
                }
            }
            addLayer(layer, last);
            rest = later;
        }
    }

    private void addLayer(List<Map.Entry<Piece, Adjoint>> layer, boolean last) {
        int[] offsets = new int[layer.size()];
        Node[] values = new Node[layer.size()];
        Node[] masks = new Node[layer.size()];
        boolean masked = false;
        for (int i = 0; i < offsets.length; i++) {
            Adjoint piece = layer.get(i).getValue();
            offsets[i] = layer.get(i).getKey().offset();
            values[i] = last ? piece.gated() : piece.value;
            masks[i] = last ? null : g.broadcast(piece.mask == null ? g.constant(1) : piece.mask, piece.shape);
            masked |= !last && piece.mask != null;
        }
        add(g.assemble(shape, offsets, values), masked ? g.assemble(shape, offsets, masks) : null);
    }
}

package hesse.plan;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Operation;
import hesse.kernel.machine.Interrupts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Graph to program: gathers what is wanted, orders the nodes that this needs by rate, then by id, and has them written.
 */
final class Planner {
    /** Nodes after which an interrupt is heard. */
    private static final int LISTENS = 1 << 13;

    /** A node whose entries leave the plan; null stands for zeros and is skipped. */
    private record Wanted(Node node, int target, int stride, int step) {}

    private record WantedSpread(Node node, LinearForms.OfColumn form, int target, int parameter) {}

    private record WantedGram(Node node, LinearForms.OfColumn left, LinearForms.OfColumn right) {}

    private record WantedOuter(Node left, Node right, int target) {}

    /** Entries of an outer product from which the sum over rows is a product of two matrices. */
    private static final int OUTER = 16;
    private static final int MOST_OUTERS = 1000;

    private final Graph g;
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<WantedSpread> spreads = new ArrayList<>();
    private final List<WantedGram> grams = new ArrayList<>();
    private final List<WantedOuter> outers = new ArrayList<>();
    /** The first so many nodes that depend on what a row has. */
    private final BitSet ofRow = new BitSet();
    private int rowNodes;
    /** Nodes that must be there: what is wanted, and the columns of forms. */
    private final List<Node> kept = new ArrayList<>();
    /** By node how often it changes. */
    private Loop.Rate[] rates;

    Planner(Graph g) {
        this.g = g;
    }

    void want(Node node, int target) {
        want(node, target, 1, 0);
    }

    void want(Node node, int target, int stride, int step) {
        pieces(step == 0, node, target, stride, (piece, to) -> add(piece, to, stride, step));
    }

    /** As {@link #want} of a vector that is added up; outer products of what rows have leave by {@link Steps.Outer}. */
    void wantSum(Node node, int target) {
        pieces(true, node, target, 1, (piece, to) -> {
            List<Node> products = outers(piece);
            products.forEach(product -> outer(product.arg(0), product.arg(1), to));
            if (products.isEmpty()) {
                add(piece, to, 1, 0);
            }
        });
    }

    /**
     * The pieces of which a node is assembled, if asked for, and where each goes; none of null, which stands for zeros.
     */
    private static void pieces(boolean apart, Node node, int target, int stride, ObjIntConsumer<Node> each) {
        if (node != null && apart && node.operation() instanceof Operation.Assemble(int[] offsets)) {
            for (int i = 0; i < offsets.length; i++) {
                pieces(true, node.arg(i), target + offsets[i] * stride, stride, each);
            }
        } else if (node != null) {
            each.accept(node, target);
        }
    }

    private void add(Node node, int target, int stride, int step) {
        wanted.add(new Wanted(node, target, stride, step));
        kept.add(node);
    }

    /**
     * The outer products of vectors that change with the row of which a node is the sum; none where it is something
     * else, or there are many.
     */
    private List<Node> outers(Node node) {
        List<Node> found = new ArrayList<>();
        ArrayDeque<Node> next = new ArrayDeque<>(List.of(node));
        while (!next.isEmpty() && found.size() < MOST_OUTERS) {
            Node at = next.pop();
            boolean passes = at.operation() instanceof Operation.View || at.operation() == Op.ADD;
            if (passes && Arrays.stream(at.args()).allMatch(arg -> arg.size() == at.size())) {
                for (Node arg : at.args()) {
                    next.push(arg);
                }
            } else if (isOuter(at) && ofRow(at.arg(0)) && ofRow(at.arg(1))) {
                found.add(at);
            } else {
                return List.of();
            }
        }
        return next.isEmpty() ? found : List.of();
    }

    /** Whether a node is the outer product of two vectors, large enough. */
    private static boolean isOuter(Node node) {
        return node.operation() instanceof Operation.Product && node.size() >= OUTER
                && node.arg(0).size() == node.shape().extent(0) && node.arg(1).size() == node.shape().extent(1);
    }

    /** The outer product of two vectors; see {@link Steps.Outer}. */
    void outer(Node left, Node right, int target) {
        outers.add(new WantedOuter(left, right, target));
        kept.addAll(List.of(left, right));
    }

    /** Whether a node depends on what a row has. */
    private boolean ofRow(Node node) {
        for (; rowNodes < g.size(); rowNodes++) {
            Node next = g.node(rowNodes);
            boolean input = next.operation() instanceof Input leaf && Steps.isOfRow(leaf, Body.Over.ROWS);
            ofRow.set(rowNodes, input || Arrays.stream(next.args()).anyMatch(arg -> ofRow.get(arg.id())));
        }
        return ofRow.get(node.id());
    }

    /**
     * A form's part of a gradient, or of a parameter's row of a Hessian: the column times a scalar node; see {@link
     * Steps.Spread}.
     */
    void spread(Node node, LinearForms.OfColumn form, int target, int parameter) {
        if (node != null) {
            spreads.add(new WantedSpread(node, form, target, parameter));
            kept.addAll(List.of(node, form.column()));
        }
    }

    /** Two forms' part of a Hessian; see {@link Steps.WeightedGram}. */
    void gram(Node node, LinearForms.OfColumn left, LinearForms.OfColumn right) {
        grams.add(new WantedGram(node, left, right));
        kept.addAll(List.of(node, left.column(), right.column()));
    }

    /**
     * The program of all that was wanted.
     *
     * @param leaves input nodes that get a value whether or not they are read
     */
    Steps steps(Body.Over over, Layout layout, Node... leaves) {
        kept.addAll(List.of(leaves));
        int length = kept.stream().mapToInt(node -> node.id() + 1).max().orElse(0);
        Map<Loop.Rate, List<Node>> order = byRate(over, length);
        StepWriter writer = new StepWriter(length);
        Map<Loop.Rate, List<PlanStep>> steps = new EnumMap<>(Loop.Rate.class);
        int written = 0;
        for (Loop.Rate rate : Loop.Rate.values()) {
            List<PlanStep> ofRate = steps.computeIfAbsent(rate, key -> new ArrayList<>());
            for (Node node : order.get(rate)) {
                if (++written % LISTENS == 0) {
                    Interrupts.check("planning a function, so far of", written, "operations");
                }
                writer.write(node, ofRate);
            }
        }
        List<Integer> columns = writer.leaves().stream().filter(leaf -> Steps.isOfRow(leaf.input(), over))
                .map(Steps.Leaf::value).toList();
        return new Steps(writer.values(), writer.constants(), writer.leaves(), tree(over, steps, writer), layout, over,
                spreads.stream().map(s -> new Steps.Spread(writer.operand(s.node),
                        form(s.form, columns, writer), s.target, s.parameter)).toList(),
                grams.stream().map(g -> new Steps.WeightedGram(writer.operand(g.node), form(g.left, columns, writer),
                        form(g.right, columns, writer), g.left == g.right)).toList(),
                outers.stream().map(o -> new Steps.Outer(writer.operand(o.left), o.left.size(),
                        writer.operand(o.right), o.right.size(), o.target)).toList());
    }

    private static Steps.Form form(LinearForms.OfColumn form, List<Integer> columns, StepWriter writer) {
        return new Steps.Form(columns.indexOf(writer.operand(form.column()).value()), form.width(),
                form.from(), form.stride());
    }

    /** The loops, one inside the other: constant, point, rows where there are some, directions where there are some. */
    private Loop tree(Body.Over over, Map<Loop.Rate, List<PlanStep>> steps, StepWriter writer) {
        Map<Loop.Rate, List<Loop.Leaving>> leaving = new EnumMap<>(Loop.Rate.class);
        Loop.Rate slowest = over == Body.Over.NOTHING ? Loop.Rate.POINT : Loop.Rate.ROW;
        for (Wanted w : wanted) {
            Loop.Rate rate = rates[w.node.id()].compareTo(slowest) < 0 ? slowest : rates[w.node.id()];
            leaving.computeIfAbsent(rate, key -> new ArrayList<>())
                    .add(new Loop.Leaving(writer.operand(w.node), w.node.size(), w.target, w.stride, w.step));
        }
        int directions = writer.leaves().stream().filter(leaf -> leaf.input().role() == Input.Role.DIRECTION)
                .mapToInt(Steps.Leaf::size).sum();
        Loop inside = directions == 0 ? null : loop(Loop.Rate.DIRECTION, directions, steps, leaving, null);
        if (over != Body.Over.NOTHING) {
            inside = loop(Loop.Rate.ROW, 0, steps, leaving, inside);
        }
        return loop(Loop.Rate.CONSTANT, 1, steps, leaving, loop(Loop.Rate.POINT, 1, steps, leaving, inside));
    }

    private static Loop loop(Loop.Rate rate, int count, Map<Loop.Rate, List<PlanStep>> steps,
            Map<Loop.Rate, List<Loop.Leaving>> leaving, Loop inside) {
        return new Loop(rate, count, steps.get(rate), leaving.getOrDefault(rate, List.of()),
                inside == null ? List.of() : List.of(inside));
    }

    /** The nodes that are needed, in the order of their numbers, by rate. */
    private Map<Loop.Rate, List<Node>> byRate(Body.Over over, int length) {
        boolean[] needed = new boolean[length];
        kept.forEach(node -> needed[node.id()] = true);
        for (int id = length - 1; id >= 0; id--) {
            if (needed[id]) {
                for (Node arg : g.node(id).args()) {
                    needed[arg.id()] = true;
                }
            }
        }
        Map<Loop.Rate, List<Node>> byRate = new EnumMap<>(Loop.Rate.class);
        for (Loop.Rate rate : Loop.Rate.values()) {
            byRate.put(rate, new ArrayList<>());
        }
        rates = new Loop.Rate[length];
        for (int id = 0; id < length; id++) {
            if (needed[id]) {
                Node node = g.node(id);
                rates[id] = rate(node, over);
                byRate.get(rates[id]).add(node);
            }
        }
        return byRate;
    }

    private Loop.Rate rate(Node node, Body.Over over) {
        if (node.operation() instanceof Input input) {
            return Steps.isOfRow(input, over) ? Loop.Rate.ROW
                    : input.role() == Input.Role.DIRECTION ? Loop.Rate.DIRECTION : Loop.Rate.POINT;
        }
        Loop.Rate fastest = Loop.Rate.CONSTANT;
        for (Node arg : node.args()) {
            fastest = rates[arg.id()].compareTo(fastest) > 0 ? rates[arg.id()] : fastest;
        }
        return fastest;
    }
}

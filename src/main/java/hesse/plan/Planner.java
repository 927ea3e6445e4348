package hesse.plan;

import hesse.graph.Arrangement;
import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Offsets;
import hesse.graph.Op;
import hesse.graph.SumOrder;
import hesse.graph.Transposed;
import hesse.kernel.machine.Interrupts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Graph to plan: orders the nodes that the outputs need by rate, then by id, and gives each a place in the arena that is
 * used again once its last reader has run.
 */
final class Planner {
    /** How often a node changes: never, with the point, with the row, with the direction. */
    private static final int CONSTANT = 0;
    private static final int SHARED = 1;
    private static final int ROW = 2;
    private static final int DIRECTION = 3;
    private static final int RATES = 4;
    /** Nodes after which an interrupt is heard. */
    private static final int LISTENS = 1 << 13;

    /** A node whose entries leave the plan; null stands for zeros and is skipped. */
    private record Wanted(Node node, int target, int stride, int step) {}

    private record WantedSpread(Node node, Waist.Form form, int target, int parameter) {}

    private record WantedGram(Node node, Waist.Form left, Waist.Form right, int target) {}

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
    private final List<Node> order = new ArrayList<>();
    private Body.Over over;
    private int[] rate;
    /** The node in whose slot a node lies, and where: a view lies in its operand's. */
    private int[] base;
    private int[] offset;
    private int[] lastReader;
    private int[] slot;
    private Slots slots;

    Planner(Graph g) {
        this.g = g;
    }

    void want(Node node, int target) {
        want(node, target, 1, 0);
    }

    void want(Node node, int target, int stride, int step) {
        pieces(step == 0, node, target, stride, (piece, to) -> add(piece, to, stride, step));
    }

    /** As {@link #want} of a vector that is added up; outer products of what rows have leave by {@link Plan.Outer}. */
    void wantSum(Node node, int target) {
        pieces(true, node, target, 1, (piece, to) -> {
            List<Node> products = outers(piece);
            products.forEach(product -> outer(product.arg(0), product.arg(1), to));
            if (products.isEmpty()) {
                add(piece, to, 1, 0);
            }
        });
    }

    /** The pieces of which a node is assembled, if asked for, and where each goes; none of null, which stands for zeros. */
    private static void pieces(boolean apart, Node node, int target, int stride, ObjIntConsumer<Node> each) {
        if (node != null && apart && node.op() == Op.ASSEMBLE) {
            int[] offsets = ((Offsets) node.attribute()).values();
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

    /** The outer products of vectors that change with the row of which a node is the sum; none where it is something else, or there are many. */
    private List<Node> outers(Node node) {
        List<Node> found = new ArrayList<>();
        ArrayDeque<Node> next = new ArrayDeque<>(List.of(node));
        while (!next.isEmpty() && found.size() < MOST_OUTERS) {
            Node at = next.pop();
            boolean passes = at.op() == Op.VIEW || at.op() == Op.ADD;
            if (passes && Arrays.stream(at.args()).allMatch(arg -> arg.size() == at.size())) {
                for (Node arg : at.args()) {
                    next.push(arg);
                }
            } else if (at.op() == Op.PRODUCT && at.size() >= OUTER && product(at).inner() == 1 && ofRow(at.arg(0)) && ofRow(at.arg(1))) {
                found.add(at);
            } else {
                return List.of();
            }
        }
        return next.isEmpty() ? found : List.of();
    }

    /** The outer product of two vectors; see {@link Plan.Outer}. */
    void outer(Node left, Node right, int target) {
        outers.add(new WantedOuter(left, right, target));
        kept.addAll(List.of(left, right));
    }

    /** Whether a node depends on what a row has. */
    private boolean ofRow(Node node) {
        for (; rowNodes < g.size(); rowNodes++) {
            Node next = g.node(rowNodes);
            boolean input = next.op() == Op.INPUT && switch (((Input) next.attribute()).kind()) {
                case COLUMN, ROW_SEED -> true;
                case POINT, SEED, DIRECTION -> false;
            };
            ofRow.set(rowNodes, input || Arrays.stream(next.args()).anyMatch(arg -> ofRow.get(arg.id())));
        }
        return ofRow.get(node.id());
    }

    /** A form's part of a gradient, or of a parameter's row of a Hessian: the column times a scalar node; see {@link Plan.Spread}. */
    void spread(Node node, Waist.Form form, int target, int parameter) {
        if (node != null) {
            spreads.add(new WantedSpread(node, form, target, parameter));
            kept.addAll(List.of(node, form.column()));
        }
    }

    /** Two forms' part of a Hessian; see {@link Plan.Gram}. */
    void gram(Node node, Waist.Form left, Waist.Form right, int target) {
        grams.add(new WantedGram(node, left, right, target));
        kept.addAll(List.of(node, left.column(), right.column()));
    }

    /**
     * The plan of all that was wanted.
     *
     * @param leaves input nodes that get a place whether or not they are read
     */
    Plan plan(Body.Over over, int resultSize, Node... leaves) {
        this.over = over;
        schedule(leaves);
        findLastReaders();
        slots = new Slots();
        slot = new int[rate.length];
        List<Plan.Constant> constants = new ArrayList<>();
        List<Node> inputs = new ArrayList<>();
        placeLeaves(constants, inputs);
        Plan.Section[] sections = new Plan.Section[RATES];
        int next = 0;
        for (int r = 0; r < RATES; r++) {
            Section section = new Section();
            for (; next < order.size() && rate[order.get(next).id()] == r; next++) {
                if (next % LISTENS == LISTENS - 1) {
                    Interrupts.check("planning a function, so far of", next, "operations");
                }
                place(order.get(next), next, section);
            }
            sections[r] = section.finish(outputs(r));
        }
        return assemble(constants, inputs, sections, resultSize);
    }

    private Plan.Form form(Waist.Form form, List<Plan.Column> columns) {
        int index = 0;
        while (columns.get(index).slot() != slot[form.column().id()]) {
            index++;
        }
        return new Plan.Form(index, form.width(), form.from(), form.stride());
    }

    private boolean isDirect() {
        return spreads.isEmpty() && grams.isEmpty() && outers.isEmpty();
    }

    /** Beside matrices the outputs of a sum are few: they get consecutive places of their own. */
    private int[] places() {
        if (isDirect()) {
            return null;
        }
        return wanted.stream().flatMapToInt(w -> IntStream.range(0, w.node.size()).map(i -> w.target + i * w.stride)).toArray();
    }

    private Plan assemble(List<Plan.Constant> constants, List<Node> inputs, Plan.Section[] sections, int resultSize) {
        Node point = null;
        Node seed = null;
        Node direction = null;
        List<Plan.Column> columns = new ArrayList<>();
        for (Node node : inputs) {
            Input input = (Input) node.attribute();
            switch (input.kind()) {
                case POINT -> point = node;
                case SEED -> seed = node;
                case DIRECTION -> direction = node;
                case COLUMN -> columns.add(new Plan.Column(input.index(), slot[node.id()], node.size()));
                case ROW_SEED -> columns.add(new Plan.Column(Plan.Column.ROW_SEED, slot[node.id()], node.size()));
            }
        }
        if (over == Body.Over.POINTS) {
            columns.add(new Plan.Column(Plan.Column.POINT, slot[point.id()], point.size()));
        }
        return new Plan(
                slots.size(),
                constants.toArray(Plan.Constant[]::new),
                slot[point.id()],
                point.size(),
                seed == null ? -1 : slot[seed.id()],
                seed == null ? 0 : seed.size(),
                columns.toArray(Plan.Column[]::new),
                direction == null ? -1 : slot[direction.id()],
                direction == null ? 0 : direction.size(),
                sections[CONSTANT],
                sections[SHARED],
                sections[ROW],
                sections[DIRECTION],
                resultSize,
                places(),
                spreads.stream().map(s -> new Plan.Spread(slot[s.node.id()], form(s.form, columns), s.target, s.parameter)).toArray(Plan.Spread[]::new),
                grams.stream().map(g -> new Plan.Gram(slot[g.node.id()], form(g.left, columns), form(g.right, columns), g.target, g.left == g.right)).toArray(Plan.Gram[]::new),
                outers.stream().map(o -> new Plan.Outer(slot[o.left.id()], o.left.size(), slot[o.right.id()], o.right.size(), o.target)).toArray(Plan.Outer[]::new));
    }

    private void schedule(Node[] leaves) {
        kept.addAll(List.of(leaves));
        int length = kept.stream().mapToInt(node -> node.id() + 1).max().orElse(0);
        boolean[] needed = new boolean[length];
        kept.forEach(node -> needed[node.id()] = true);
        for (int id = length - 1; id >= 0; id--) {
            if (needed[id]) {
                for (Node arg : g.node(id).args()) {
                    needed[arg.id()] = true;
                }
            }
        }
        rate = new int[length];
        base = new int[length];
        offset = new int[length];
        List<List<Node>> byRate = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int id = 0; id < length; id++) {
            if (needed[id]) {
                Node node = g.node(id);
                rate[id] = rate(node);
                boolean view = node.op() == Op.VIEW;
                base[id] = view ? base[node.arg(0).id()] : id;
                offset[id] = view ? offset[node.arg(0).id()] + node.integer() : 0;
                byRate.get(rate[id]).add(node);
            }
        }
        byRate.forEach(order::addAll);
    }

    private int rate(Node node) {
        if (node.op() == Op.INPUT) {
            return switch (((Input) node.attribute()).kind()) {
                case POINT -> over == Body.Over.POINTS ? ROW : SHARED;
                case SEED -> SHARED;
                case COLUMN, ROW_SEED -> ROW;
                case DIRECTION -> DIRECTION;
            };
        }
        int result = CONSTANT;
        for (Node arg : node.args()) {
            result = Math.max(result, rate[arg.id()]);
        }
        return result;
    }

    /** A value that a faster section reads, or that leaves the plan, keeps its place. */
    private void findLastReaders() {
        lastReader = new int[rate.length];
        for (int position = 0; position < order.size(); position++) {
            Node node = order.get(position);
            lastReader[base[node.id()]] = Math.max(lastReader[base[node.id()]], position);
            for (Node arg : node.args()) {
                int owner = base[arg.id()];
                boolean stays = rate[owner] < rate[node.id()];
                lastReader[owner] = stays ? Integer.MAX_VALUE : Math.max(lastReader[owner], position);
            }
        }
        kept.forEach(node -> lastReader[base[node.id()]] = Integer.MAX_VALUE);
    }

    private void placeLeaves(List<Plan.Constant> constants, List<Node> inputs) {
        for (Node node : order) {
            if (node.isConstant() || node.op() == Op.INPUT) {
                slot[node.id()] = slots.take(node.size());
                lastReader[node.id()] = Integer.MAX_VALUE;
                if (node.isConstant()) {
                    constants.add(new Plan.Constant(slot[node.id()], node.values()));
                } else {
                    inputs.add(node);
                }
            }
        }
    }

    private void place(Node node, int position, Section section) {
        int id = node.id();
        if (node.op() == Op.VIEW) {
            slot[id] = slot[base[id]] + offset[id];
        } else if (!node.isConstant() && node.op() != Op.INPUT) {
            boolean overwrites = node.size() == 1 && node.op().isElementwise();
            if (overwrites) {
                release(node, position);
            }
            slot[id] = slots.take(node.size());
            if (!overwrites) {
                release(node, position);
            }
            section.add(node);
        }
    }

    private void release(Node node, int position) {
        for (int i = 0; i < node.args().length; i++) {
            int owner = base[node.arg(i).id()];
            if (lastReader[owner] == position) {
                lastReader[owner] = Integer.MAX_VALUE;
                slots.give(slot[owner], g.node(owner).size());
            }
        }
    }

    private Plan.Output[] outputs(int r) {
        List<Plan.Output> outputs = new ArrayList<>();
        boolean direct = isDirect();
        int place = 0;
        for (Wanted w : wanted) {
            int leaves = Math.max(rate[w.node.id()], over == Body.Over.NOTHING ? SHARED : ROW);
            if (leaves == r) {
                outputs.add(direct
                        ? new Plan.Output(slot[w.node.id()], w.node.size(), w.target, w.stride, w.step)
                        : new Plan.Output(slot[w.node.id()], w.node.size(), place, 1, 0));
            }
            place += w.node.size();
        }
        return outputs.toArray(Plan.Output[]::new);
    }

    /** The steps of one section while they are written. */
    private final class Section {
        private int[] code = new int[Plan.Section.WIDTH * 16];
        private int length;
        private final List<Object> details = new ArrayList<>();
        private long operations;

        void add(Node node) {
            if (length + Plan.Section.WIDTH > code.length) {
                code = Arrays.copyOf(code, 2 * code.length);
            }
            code[length] = node.op().ordinal();
            code[length + 1] = node.size();
            code[length + 2] = slot[node.id()];
            int strides = 0;
            for (int i = 0; i < Math.min(3, node.args().length); i++) {
                Node arg = node.arg(i);
                code[length + 3 + i] = slot[arg.id()];
                strides |= arg.size() == 1 ? 0 : 1 << i;
            }
            code[length + 6] = strides;
            Object detail = detail(node);
            code[length + 7] = detail == null ? -1 : details.size();
            if (detail != null) {
                details.add(detail);
            }
            length += Plan.Section.WIDTH;
            operations += operations(node);
        }

        Plan.Section finish(Plan.Output[] outputs) {
            return new Plan.Section(Arrays.copyOf(code, length), details.toArray(), outputs, operations);
        }
    }

    private Object detail(Node node) {
        return switch (node.op()) {
            case SUM, LARGEST -> new Plan.Reduction(
                    node.arg(0).shape().extent(node.integer()), node.arg(0).shape().inner(node.integer()));
            case PRODUCT -> product(node);
            case PERMUTE -> Arrangement.sources(node);
            case BROADCAST -> node.arg(0).size() == 1 ? null : Arrangement.sources(node);
            case ASSEMBLE -> parts(node);
            default -> null;
        };
    }

    private static Plan.Product product(Node node) {
        Transposed t = (Transposed) node.attribute();
        int rows = node.shape().extent(0);
        int columns = node.shape().extent(1);
        int inner = node.arg(0).shape().extent(t.left() ? 0 : 1);
        return new Plan.Product(rows, inner, columns, t.left(), t.right(), SumOrder.accumulators(node));
    }

    private Plan.Parts parts(Node node) {
        int count = node.args().length;
        int[] from = new int[count];
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            from[i] = slot[node.arg(i).id()];
            lengths[i] = node.arg(i).size();
        }
        return new Plan.Parts(((Offsets) node.attribute()).values(), from, lengths);
    }

    private static long operations(Node node) {
        return switch (node.op()) {
            case SUM, LARGEST -> node.arg(0).size();
            case PRODUCT -> (long) node.size() * product(node).inner();
            default -> node.size();
        };
    }
}

package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import hesse.graph.Node;
import hesse.graph.Op;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of the table {@link Op} on every tier, at a point, in arrays, in rows and in batches, by value, slope and
 * second derivative: the bits of the scalar tier, which {@link OpTableTest} holds to 25-digit answers. Each body has
 * several operations, each of variables of its own, so that gradients and Hessians keep them apart, and NaN of one
 * hides no other.
 */
class EveryOperationTest {
    private static final Settings SCALAR = Settings.defaults().tier(Tier.SCALAR);
    private static final List<Settings> OTHERS =
            Stream.of(Tier.LANES, Tier.FUSED).map(Settings.defaults()::tier).toList();
    private static final int GROUP = 10;
    /** Entries of an array: some blocks and a rest. */
    private static final int LENGTH = 259;
    /** Rows: two blocks of the largest size and a rest. */
    private static final int ROWS = 301;
    /** Points tried one at a time. */
    private static final int POINTS = 250;
    /** Terms of a sum are below this in size, so that none hides the others. */
    private static final double MODERATE = 1e60;
    /** Zeros, subnormals, ends of domains and of ranges, poles, what is no number, and everyday numbers. */
    private static final double[] EDGES = {0.0, -0.0, 1, -1, 0.5, -0.5, Double.MIN_VALUE, -Double.MIN_VALUE, 2, -2,
        Double.MIN_NORMAL, -1e-310, 1e-160, -1e-160, 1e-17, -1e-8, 0.25, -0.25, Math.nextDown(1.0), Math.nextUp(1.0),
        Math.nextUp(-1.0), Math.nextDown(-1.0), 1.5, -1.5, Math.PI / 2, -Math.PI / 2, -2.5, 3, -7, 18.1, -26.7, 40,
        170.62, 171.7, -171.5, 708.4, 709.79, -708.4, -745.2, 0x1p28, -0x1p29, 1e16, -1e16,
        1e154, 1.4e154, -1e155, 1e300,
        -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};

    /** An operation as a function of the operands that are free, and the arguments it is tried at. */
    private record Item(String name, int operands, Function<Expr[], Expr> body, double[][] arguments) {
        static Item of(
                String name, Op op, int operands, List<OpTableTest.Answer> answers, Function<Expr[], Expr> body) {
            Stream<double[]> edges = switch (operands) {
                case 1 -> Arrays.stream(EDGES).mapToObj(a -> new double[] {a});
                case 2 -> Arrays.stream(EDGES).boxed()
                        .flatMap(a -> Arrays.stream(EDGES).mapToObj(b -> new double[] {a, b}));
                default -> IntStream.range(0, EDGES.length * EDGES.length).mapToObj(k -> new double[] {
                    EDGES[k % EDGES.length], EDGES[k / EDGES.length],
                    EDGES[(7 * k + k / EDGES.length + 3) % EDGES.length]});
            };
            Stream<double[]> usual = answers.stream()
                    .filter(answer -> answer.op() == op && answer.point().length == operands)
                    .map(OpTableTest.Answer::point);
            return new Item(name, operands, body, Stream.concat(usual, edges).toArray(double[][]::new));
        }

        double[] argument(int k) {
            return arguments[k % arguments.length];
        }
    }

    private static List<Item> items() throws IOException {
        List<OpTableTest.Answer> answers = OpTableTest.answers();
        List<Item> items = new ArrayList<>();
        for (Op op : Op.values()) {
            if (op.arity() == 0) {
                continue;
            }
            switch (op) {
                case INTEGER_POWER -> IntStream.of(3, 4, -2, -3, 13, -64)
                        .forEach(n -> items.add(Item.of(op + " " + n, op, 1, answers,
                                a -> Expr.apply(op, a[0], Expr.constant(n)))));
                case POLYGAMMA -> IntStream.range(0, 4)
                        .forEach(n -> items.add(Item.of(op + " " + n, op, 1, answers,
                                a -> Expr.apply(op, Expr.constant(n), a[0]))));
                case SECH_SQUARED -> items.add(Item.of(op.name(), op, 1, answers,
                        a -> Expr.apply(op, a[0], Expr.apply(Op.EXP_MINUS_ABS, a[0].times(2)))));
                default -> items.add(Item.of(op.name(), op, op.companion() == null ? op.arity() : 1, answers,
                        a -> Expr.function(op, a)));
            }
        }
        items.sort(Comparator.comparingInt(Item::operands));
        return items;
    }

    /** Operations whose variables lie one after the other. */
    private record Group(List<Item> items, int n, int points) {
        static Group of(List<Item> items) {
            return new Group(items, items.stream().mapToInt(Item::operands).sum(),
                    items.stream().mapToInt(item -> item.arguments.length).max().orElseThrow());
        }

        /** The values, of operands found by the index of the variable. */
        List<Expr> values(IntFunction<Expr> variable) {
            List<Expr> values = new ArrayList<>();
            int from = 0;
            for (Item item : items) {
                int at = from;
                values.add(item.body.apply(
                        IntStream.range(0, item.operands).mapToObj(j -> variable.apply(at + j)).toArray(Expr[]::new)));
                from += item.operands;
            }
            return values;
        }

        Expr sum(IntFunction<Expr> variable) {
            return values(variable).stream().map(Expr::sum).reduce(Expr::plus).orElseThrow();
        }

        Expr all(IntFunction<Expr> variable) {
            return Expr.concat(
                    values(variable).stream().map(value -> value.reshape(value.size())).toArray(Expr[]::new));
        }

        double[] point(int k) {
            return items.stream().flatMapToDouble(item -> Arrays.stream(item.argument(k))).toArray();
        }

        /** The operation that a variable belongs to. */
        int owner(int variable) {
            int item = 0;
            for (int end = items.get(0).operands; end <= variable; end += items.get(item).operands) {
                item++;
            }
            return item;
        }

        String name() {
            return String.join(" ", items.stream().map(Item::name).toList());
        }

        /** Compares bits, and names the operation that an entry is of. */
        void same(String what, double[] expected, double[] actual, IntUnaryOperator item) {
            assertEquals(expected.length, actual.length);
            for (int i = 0; i < expected.length; i++) {
                if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
                    fail(items.get(item.applyAsInt(i)).name + ", " + what + " [" + i + "]: " + actual[i]
                            + ", the scalar tier " + expected[i]);
                }
            }
        }

        /** The operation that an entry of a lower triangle, packed by rows, is of. */
        int packedOwner(int entry) {
            int row = 0;
            while ((row + 1) * (row + 2) / 2 <= entry) {
                row++;
            }
            return owner(row);
        }
    }

    private static List<Group> groups() throws IOException {
        List<Group> groups = new ArrayList<>();
        List<Item> items = items();
        for (int from = 0; from < items.size(); ) {
            int operands = items.get(from).operands;
            int to = from;
            while (to < items.size() && to < from + GROUP && items.get(to).operands == operands) {
                to++;
            }
            groups.add(Group.of(items.subList(from, to)));
            from = to;
        }
        return groups;
    }

    /** A row that no body reaches is not tested: it needs operands above. */
    @Test
    void everyRowIsReached() throws IOException {
        Set<Op> missing = EnumSet.allOf(Op.class);
        missing.removeIf(op -> op.arity() == 0);
        for (Group group : groups()) {
            VectorFunction.of(group.n, x -> {
                Expr all = group.all(x::get);
                reached(all.node(), missing, new HashSet<>());
                return all;
            });
        }
        assertEquals(EnumSet.noneOf(Op.class), missing);
    }

    private static void reached(Node node, Set<Op> missing, Set<Node> seen) {
        if (seen.add(node)) {
            if (node.operation() instanceof Op op) {
                missing.remove(op);
            }
            Arrays.stream(node.args()).forEach(arg -> reached(arg, missing, seen));
        }
    }

    @TestFactory
    Stream<DynamicTest> atAPoint() throws IOException {
        return groups().stream().map(group -> DynamicTest.dynamicTest(group.name(), () -> {
            VectorFunction each = VectorFunction.of(group.n, x -> group.all(x::get));
            Objective sum = Objective.of(group.n, x -> group.sum(x::get));
            Random random = new Random(1);
            for (Settings settings : OTHERS) {
                for (int k = 0; k < POINTS; k++) {
                    double[] x = group.point((int) ((long) k * group.points / POINTS));
                    double[] v = random.doubles(group.n, -1, 1).toArray();
                    double[] u = random.doubles(group.items.size(), -1, 1).toArray();
                    String where = settings.tier() + " at " + Arrays.toString(x) + ", ";
                    point(group, each.with(SCALAR), each.with(settings), x, v, u, where);
                    point(group, sum.with(SCALAR), sum.with(settings), x, v, where);
                }
            }
        }));
    }

    private static void point(
            Group group, VectorFunction a, VectorFunction b, double[] x, double[] v, double[] u, String where) {
        group.same(where + "value", a.value(x), b.value(x), i -> i);
        group.same(where + "Jacobian", a.jacobian(x).data(), b.jacobian(x).data(), i -> i / group.n);
        group.same(where + "J v", a.jacobianVector(x, v), b.jacobianVector(x, v), i -> i);
        group.same(where + "J'u", a.transposedJacobianVector(x, u), b.transposedJacobianVector(x, u), group::owner);
        double[] expected = new double[group.n];
        double[] actual = new double[group.n];
        SymmetricMatrix h = SymmetricMatrix.of(group.n);
        SymmetricMatrix other = SymmetricMatrix.of(group.n);
        a.weightedHessian(x, u, expected, h);
        b.weightedHessian(x, u, actual, other);
        group.same(where + "weighted gradient", expected, actual, group::owner);
        group.same(where + "weighted Hessian", h.toPacked(), other.toPacked(), group::packedOwner);
    }

    private static void point(Group group, Objective a, Objective b, double[] x, double[] v, String where) {
        group.same(where + "sum", new double[] {a.value(x)}, new double[] {b.value(x)}, i -> 0);
        group.same(where + "gradient", a.gradient(x), b.gradient(x), group::owner);
        group.same(where + "Hessian", a.hessian(x).toPacked(), b.hessian(x).toPacked(), group::packedOwner);
        group.same(where + "H v", a.hessianVector(x, v), b.hessianVector(x, v), group::owner);
    }

    /** Operands are arrays at a point. */
    @TestFactory
    Stream<DynamicTest> ofArrays() throws IOException {
        return groups().stream().map(group -> DynamicTest.dynamicTest(group.name(), () -> {
            int n = group.n * LENGTH;
            VectorFunction each = VectorFunction.of(n, x -> group.all(i -> x.slice(i * LENGTH, (i + 1) * LENGTH)));
            Objective sum = Objective.of(n, x -> group.sum(i -> x.slice(i * LENGTH, (i + 1) * LENGTH)));
            Random random = new Random(2);
            for (int from = 0; from < group.points; from += LENGTH) {
                double[] x = new double[n];
                for (int k = 0; k < LENGTH; k++) {
                    double[] point = group.point(from + k);
                    for (int i = 0; i < group.n; i++) {
                        x[i * LENGTH + k] = point[i];
                    }
                }
                double[] v = random.doubles(n, -1, 1).toArray();
                double[] u = random.doubles(each.m(), -1, 1).toArray();
                IntUnaryOperator owner = i -> group.owner(i / LENGTH);
                IntUnaryOperator item = i -> i / LENGTH;
                for (Settings settings : OTHERS) {
                    String where = settings.tier() + " from argument " + from + ", ";
                    VectorFunction a = each.with(SCALAR);
                    VectorFunction b = each.with(settings);
                    group.same(where + "value", a.value(x), b.value(x), item);
                    group.same(where + "J v", a.jacobianVector(x, v), b.jacobianVector(x, v), item);
                    group.same(where + "J'u", a.transposedJacobianVector(x, u), b.transposedJacobianVector(x, u),
                            owner);
                    Objective f = sum.with(SCALAR);
                    Objective g = sum.with(settings);
                    group.same(where + "gradient", f.gradient(x), g.gradient(x), owner);
                    group.same(where + "H v", f.hessianVector(x, v), g.hessianVector(x, v), owner);
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> inBatches() throws IOException {
        return groups().stream().map(group -> DynamicTest.dynamicTest(group.name(), () -> {
            double[] points = points(group);
            int triangle = group.n * (group.n + 1) / 2;
            int m = group.items.size();
            Objective sum = Objective.of(group.n, x -> group.sum(x::get));
            VectorFunction each = VectorFunction.of(group.n, x -> group.all(x::get));
            double[][] expected = batch(group, sum.with(SCALAR), each.with(SCALAR), points);
            for (Settings settings : OTHERS) {
                double[][] actual = batch(group, sum.with(settings), each.with(settings), points);
                String where = settings.tier() + ", ";
                group.same(where + "sums", expected[0], actual[0], i -> 0);
                group.same(where + "gradients", expected[1], actual[1], i -> group.owner(i % group.n));
                group.same(where + "gradients with Hessians", expected[2], actual[2], i -> group.owner(i % group.n));
                group.same(where + "Hessians", expected[3], actual[3], i -> group.packedOwner(i % triangle));
                group.same(where + "values", expected[4], actual[4], i -> i % m);
                group.same(where + "values with Jacobians", expected[5], actual[5], i -> i % m);
                group.same(where + "Jacobians", expected[6], actual[6], i -> i / group.n % m);
            }
        }));
    }

    private static double[] points(Group group) {
        return IntStream.range(0, group.points).boxed().flatMapToDouble(k -> Arrays.stream(group.point(k))).toArray();
    }

    private static double[][] batch(Group group, Objective sum, VectorFunction each, double[] points) {
        int n = group.n;
        int m = group.items.size();
        int count = group.points;
        double[][] result = {new double[count], new double[count * n], new double[count * n],
            new double[count * n * (n + 1) / 2], new double[count * m], new double[count * m],
            new double[count * m * n]};
        sum.batch().gradients(points, result[1]);
        sum.batch().hessians(points, result[0], result[2], result[3]);
        each.batch().values(points, result[4]);
        each.batch().jacobians(points, result[5], result[6]);
        return result;
    }

    /** Row by row at all arguments. */
    @TestFactory
    Stream<DynamicTest> inRows() throws IOException {
        return groups().stream().map(group -> DynamicTest.dynamicTest(group.name(), () -> {
            double[] ones = new double[group.n];
            Arrays.fill(ones, 1);
            double[] v = new Random(3).doubles(group.n, -1, 1).toArray();
            int m = group.items.size();
            Rows rows = Rows.of(group.points).column("a", group.n, points(group));
            VectorFunction each = VectorFunction.perRow(group.n, rows,
                    (x, row) -> group.all(i -> row.get("a").get(i).times(x.get(i))));
            VectorFunction a = each.with(SCALAR);
            for (Settings settings : OTHERS) {
                VectorFunction b = each.with(settings);
                String where = settings.tier() + ", ";
                group.same(where + "value", a.value(ones), b.value(ones), i -> i % m);
                Matrix expected = a.jacobian(ones);
                group.same(where + "Jacobian", expected.data(), b.jacobian(ones).data(), i -> i / group.n % m);
                group.same(where + "J v", a.jacobianVector(ones, v), b.jacobianVector(ones, v), i -> i % m);
            }
        }));
    }

    /** Sums over rows, at arguments where all terms are of moderate size. */
    @TestFactory
    Stream<DynamicTest> inSums() throws IOException {
        return groups().stream().map(group -> DynamicTest.dynamicTest(group.name(), () -> {
            double[] ones = new double[group.n];
            Arrays.fill(ones, 1);
            double[] v = new Random(4).doubles(group.n, -1, 1).toArray();
            Rows rows = Rows.of(ROWS).column("a", group.n, moderate(group));
            Objective sum = Objective.sum(group.n, rows,
                    (x, row) -> group.sum(i -> row.get("a").get(i).times(x.get(i))));
            for (Settings settings : OTHERS) {
                point(group, sum.with(SCALAR), sum.with(settings), ones, v, settings.tier() + ", rows, ");
            }
        }));
    }

    /** For every operation the arguments, in turn, where value, slopes and second derivatives are of moderate size. */
    private static double[] moderate(Group group) {
        int n = group.n;
        int triangle = n * (n + 1) / 2;
        double[][] all = batch(group, Objective.of(n, x -> group.sum(x::get)).with(SCALAR),
                VectorFunction.of(n, x -> group.all(x::get)).with(SCALAR), points(group));
        double[] rows = new double[ROWS * n];
        int from = 0;
        for (int item = 0; item < group.items.size(); item++) {
            List<double[]> chosen = new ArrayList<>();
            for (int k = 0; k < group.points; k++) {
                boolean moderate = Math.abs(all[4][k * group.items.size() + item]) < MODERATE;
                for (int i = from; i < from + group.items.get(item).operands; i++) {
                    moderate &= Math.abs(all[1][k * n + i]) < MODERATE && Math.abs(group.point(k)[i]) < MODERATE;
                    for (int j = from; j <= i; j++) {
                        moderate &= Math.abs(all[3][k * triangle + i * (i + 1) / 2 + j]) < MODERATE;
                    }
                }
                if (moderate) {
                    chosen.add(group.items.get(item).argument(k));
                }
            }
            for (int row = 0; row < ROWS; row++) {
                double[] argument = chosen.get(row % chosen.size());
                System.arraycopy(argument, 0, rows, row * n + from, argument.length);
            }
            from += group.items.get(item).operands;
        }
        return rows;
    }
}

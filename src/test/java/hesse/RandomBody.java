package hesse;

import hesse.graph.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/**
 * Random bodies for property tests: scalars and arrays, every kind of operation and every function of the table {@link
 * Op}, values of moderate size.
 */
final class RandomBody implements Function<Expr, Expr> {
    /**
     * Arguments of moderate size for functions of all domains: everywhere, from -0.9 to 0.9, from 0.5 and from 1.5 on.
     */
    private static final Map<UnaryOperator<Expr>, DoubleUnaryOperator> ARGUMENTS = new LinkedHashMap<>();
    /** Values that a function is tried at. */
    private static final double[] TRIED = {-8, -3.3, -2, -1.5, -1, -0.4, 0, 0.1, 0.5, 1, 1.5, 2, 2.9, 8};
    private static final double MODERATE = 500;
    private static final double STEP = 1e-3;
    private static final List<UnaryOperator<Expr>> SMOOTH = new ArrayList<>();
    /** Of two operands that broadcast. */
    private static final List<BinaryOperator<Expr>> BINARY = new ArrayList<>();

    static {
        ARGUMENTS.put(x -> x, x -> x);
        ARGUMENTS.put(x -> Functions.tanh(x).times(0.9), x -> Math.tanh(x) * 0.9);
        ARGUMENTS.put(x -> x.square().plus(0.5), x -> x * x + 0.5);
        ARGUMENTS.put(x -> x.square().plus(1.5), x -> x * x + 1.5);
        SMOOTH.addAll(List.of(Functions::sin, Expr::negate, x -> x.square().plus(2).reciprocal(),
                x -> Functions.tanh(x).pow(3),
                x -> x.square().plus(1).pow(-1.5), x -> Functions.digamma(x.square().plus(0.5)),
                x -> Functions.sign(x).times(x),
                x -> Functions.exp(x).plus(1).reciprocal(), x -> x.square().plus(1).pow(-3),
                x -> Functions.square(Functions.abs(x)),
                x -> Functions.tanh(Functions.exp(x)), x -> Functions.max(x, 0.25).square()));
        for (Op op : Op.values()) {
            if (op.text() == null) {
                continue;
            }
            switch (Functions.named().get(op.text())) {
                case 1 -> SMOOTH.add(moderate(op));
                case 2 -> BINARY.add((a, b) -> Functions.named(op.text(), a.square().plus(0.5), b.square().plus(1)));
                default -> BINARY.add((a, b) -> Functions.named(op.text(), Functions.sin(a), Functions.tanh(b), a));
            }
        }
    }

    /** The function of the first arguments at which its values are of moderate size, and of moderate steepness. */
    private static UnaryOperator<Expr> moderate(Op op) {
        for (Map.Entry<UnaryOperator<Expr>, DoubleUnaryOperator> argument : ARGUMENTS.entrySet()) {
            if (DoubleStream.of(TRIED).map(argument.getValue()).allMatch(x -> Math.abs(value(op, x)) <= MODERATE
                    && Math.abs(value(op, x + STEP) - value(op, x)) <= MODERATE * STEP)) {
                return x -> Functions.named(op.text(), argument.getKey().apply(x));
            }
        }
        throw new AssertionError(op + " has no values of moderate size");
    }

    private static double value(Op op, double x) {
        return op.value(x, op.companion() == null ? 0 : op.companion().value(x, 0, 0), 0);
    }

    private final long seed;
    private final int steps;
    private Random random;
    private final List<Expr> pool = new ArrayList<>();

    RandomBody(long seed, int steps) {
        this.seed = seed;
        this.steps = steps;
    }

    @Override
    public Expr apply(Expr x) {
        return build(List.of(x));
    }

    /** A body of several inputs. */
    Expr build(List<Expr> inputs) {
        random = new Random(seed);
        pool.clear();
        pool.addAll(inputs);
        pool.add(Expr.constant(random.nextGaussian()));
        pool.add(Expr.constant(new double[][] {{0.5, -1.25}, {2, 0.125}, {-0.75, 1}}));
        inputs.stream().filter(input -> input.rank() == 1)
                .forEach(input -> pool.add(input.get(random.nextInt(input.size()))));
        for (int i = 0; i < steps; i++) {
            Expr next = step();
            if (next.size() > 0 && next.size() <= 80) {
                pool.add(next);
            }
        }
        Expr total = Expr.constant(0.25);
        for (Expr part : pool.subList(Math.max(0, pool.size() - 4), pool.size())) {
            total = total.plus(Functions.tanh(part).sum());
        }
        return total.plus(Functions.tanh(inputs.get(0)).sum());
    }

    private Expr pick() {
        return pool.get(random.nextInt(pool.size()));
    }

    private Expr vector() {
        Expr a = pick();
        return a.reshape(a.size());
    }

    private Expr step() {
        Expr a = pick();
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> SMOOTH.get(random.nextInt(SMOOTH.size())).apply(a);
            case 3, 4, 5 -> binary(a, compatible(a));
            case 6 -> a.rank() < 2 ? Expr.stack(a, SMOOTH.get(0).apply(a), a.times(0.5)) : a.transpose();
            case 7 -> {
                Expr v = vector();
                int from = random.nextInt(v.size());
                yield v.slice(from, from + 1 + random.nextInt(v.size() - from));
            }
            case 8 -> Expr.concat(vector(), vector());
            case 9 -> a.rank() == 0 ? a : a.sum(random.nextInt(a.rank()));
            case 10 -> product(a);
            case 11 -> random.nextBoolean() ? Functions.logSumExp(a) : Functions.softmax(a);
            case 12 -> a.rank() == 2 ? a.get(random.nextInt(a.shape()[0])) : vector().get(0);
            default -> random.nextBoolean()
                    ? Functions.norm2(a.square().plus(0.1)).plus(Functions.mean(a))
                    : Functions.dot(vector().slice(0, 1), vector().slice(0, 1));
        };
    }

    /** Something that broadcasts with it. */
    private Expr compatible(Expr a) {
        Expr b = pick();
        if (b.rank() == 0 || Arrays.equals(a.shape(), b.shape())) {
            return b;
        }
        return random.nextBoolean() ? b.sum() : SMOOTH.get(random.nextInt(SMOOTH.size())).apply(a);
    }

    private Expr binary(Expr a, Expr b) {
        return switch (random.nextInt(9)) {
            case 0 -> a.plus(b);
            case 1 -> a.minus(b);
            case 2, 3 -> Functions.tanh(a).times(Functions.sin(b));
            case 4 -> a.dividedBy(b.square().plus(1));
            case 5 -> Functions.fma(Functions.sin(a), Functions.tanh(b), a);
            case 6 -> Functions.select(Functions.lessThan(a, b), Functions.sin(a), Functions.tanh(b));
            case 7 -> random.nextBoolean() ? Functions.max(a, b) : Functions.min(a, b);
            default -> BINARY.get(random.nextInt(BINARY.size())).apply(a, b);
        };
    }

    private Expr product(Expr a) {
        Expr m = a.rank() == 2 ? a : Expr.stack(vector().slice(0, 1), vector().slice(0, 1));
        Expr t = Functions.tanh(m);
        return random.nextBoolean() ? t.matmul(t.transpose()) : t.transpose().matmul(Functions.sin(m).sum(1));
    }
}

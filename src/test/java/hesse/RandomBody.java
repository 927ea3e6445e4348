package hesse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Random bodies for property tests: scalars and arrays, every kind of operation, values of moderate size. */
final class RandomBody implements Function<Expr, Expr> {
    private static final List<UnaryOperator<Expr>> SMOOTH = List.of(
            Functions::sin, Functions::cos, Functions::tanh, Functions::sigmoid, Functions::softplus, Functions::atan, Functions::asinh,
            Functions::erf, Functions::erfc, Functions::normalCdf, Expr::negate, Expr::square,
            x -> Functions.exp(Functions.tanh(x)), x -> Functions.log(x.square().plus(1)), x -> Functions.sqrt(x.square().plus(0.5)),
            x -> Functions.log1p(x.square()), x -> Functions.expm1(Functions.sin(x)), x -> x.square().plus(2).reciprocal(),
            x -> Functions.tanh(x).pow(3), x -> x.square().plus(1).pow(-1.5), x -> Functions.asin(Functions.tanh(x).times(0.9)),
            x -> Functions.acos(Functions.sin(x).times(0.9)), x -> Functions.atanh(Functions.sin(x).times(0.5)),
            x -> Functions.sinh(Functions.tanh(x)), x -> Functions.cosh(Functions.tanh(x)), x -> Functions.tan(Functions.tanh(x)),
            x -> Functions.cbrt(x.square().plus(1)), x -> Functions.acosh(x.square().plus(1.5)), x -> Functions.lgamma(x.square().plus(0.5)),
            x -> Functions.digamma(x.square().plus(0.5)), x -> Functions.log2(x.square().plus(1)), x -> Functions.log10(x.square().plus(1)),
            Functions::abs, x -> Functions.sign(x).times(x), x -> Functions.exp(x).plus(1).reciprocal(), x -> x.square().plus(1).pow(-3),
            x -> Functions.square(Functions.abs(x)), x -> Functions.tanh(Functions.exp(x)), x -> Functions.max(x, 0.25).square());

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
        inputs.stream().filter(input -> input.rank() == 1).forEach(input -> pool.add(input.get(random.nextInt(input.size()))));
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
            default -> random.nextBoolean() ? Functions.norm2(a.square().plus(0.1)).plus(Functions.mean(a)) : Functions.dot(vector().slice(0, 1), vector().slice(0, 1));
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
            default -> random.nextBoolean() ? Functions.hypot(a, b.square().plus(1)) : Functions.atan2(a, b.square().plus(1));
        };
    }

    private Expr product(Expr a) {
        Expr m = a.rank() == 2 ? a : Expr.stack(vector().slice(0, 1), vector().slice(0, 1));
        Expr t = Functions.tanh(m);
        return random.nextBoolean() ? t.matmul(t.transpose()) : t.transpose().matmul(Functions.sin(m).sum(1));
    }
}

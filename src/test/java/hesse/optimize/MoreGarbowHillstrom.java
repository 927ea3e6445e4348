package hesse.optimize;

import static hesse.Functions.abs;
import static hesse.Functions.atan;
import static hesse.Functions.cos;
import static hesse.Functions.exp;
import static hesse.Functions.lessThan;
import static hesse.Functions.pow;
import static hesse.Functions.select;
import static hesse.Functions.sin;
import static hesse.Functions.sqrt;
import static hesse.Functions.square;

import hesse.Expr;
import hesse.Objective;
import hesse.VectorFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The 35 problems of More, Garbow and Hillstrom (Testing Unconstrained Optimization Software, ACM TOMS 7(1), 1981),
 * residuals written from the paper.
 *
 * @param minima known values of the sum of squares where methods may end
 */
record MoreGarbowHillstrom(int number, String name, double[] start, double[] minima, Function<Expr, Expr> body) {
    private static final double[] BARD = {.14, .18, .22, .25, .29, .32, .35, .39, .37, .58, .73, .96, 1.34, 2.10, 4.39};
    private static final double[] GAUSS = {.0009, .0044, .0175, .0540, .1295, .2420, .3521, .3989};
    private static final double[] MEYER =
            {34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872};
    private static final double[] KOWALIK_Y =
            {.1957, .1947, .1735, .1600, .0844, .0627, .0456, .0342, .0323, .0235, .0246};
    private static final double[] KOWALIK_U = {4, 2, 1, .5, .25, .167, .125, .1, .0833, .0714, .0625};
    private static final double[] OSBORNE1 = {
        .844, .908, .932, .936, .925, .908, .881, .850, .818, .784, .751, .718, .685, .658, .628, .603, .580, .558,
        .538, .522, .506, .490, .478, .467, .457, .448, .438, .431, .424, .420, .414, .411, .406};
    private static final double[] OSBORNE2 = {
        1.366, 1.191, 1.112, 1.013, .991, .885, .831, .847, .786, .725, .746, .679, .608, .655, .616, .606, .602, .626,
        .651, .724, .649, .649, .694, .644, .624, .661, .612, .558, .533, .495, .500, .423, .395, .375, .372, .391,
        .396, .405, .428, .429, .523, .562, .607, .653, .672, .708, .633, .668, .645, .632, .591, .559, .597, .625,
        .739, .710, .729, .720, .636, .581, .428, .292, .162, .098, .054};

    VectorFunction residuals() {
        return VectorFunction.of(start.length, body);
    }

    Objective sumOfSquares() {
        return Objective.of(start.length, x -> {
            Expr f = body.apply(x);
            return hesse.Functions.dot(f, f);
        });
    }

    private static Expr rows(int m, IntFunction<Expr> row) {
        return Expr.stack(IntStream.rangeClosed(1, m).mapToObj(row).toArray(Expr[]::new));
    }

    private static Expr number(double value) {
        return Expr.constant(value);
    }

    private static Expr sum(int from, int to, IntFunction<Expr> term) {
        Expr sum = number(0);
        for (int j = from; j <= to; j++) {
            sum = sum.plus(term.apply(j));
        }
        return sum;
    }

    private static double[] starts(int n, IntToDoubleFunction entry) {
        return IntStream.rangeClosed(1, n).mapToDouble(entry::applyAsDouble).toArray();
    }

    private static double[] repeated(int n, double... pattern) {
        return starts(n, i -> pattern[(i - 1) % pattern.length]);
    }

    private static double[] at(double... values) {
        return values;
    }

    static List<MoreGarbowHillstrom> all() {
        List<MoreGarbowHillstrom> all = new ArrayList<>();
        small(all);
        data(all);
        variable(all);
        return all;
    }

    private static void add(List<MoreGarbowHillstrom> all, int number, String name, double[] start, double[] minima,
            Function<Expr, Expr> body) {
        all.add(new MoreGarbowHillstrom(number, name, start, minima, body));
    }

    private static void small(List<MoreGarbowHillstrom> all) {
        add(all, 1, "Rosenbrock", at(-1.2, 1), at(0),
                x -> Expr.stack(x.get(1).minus(square(x.get(0))).times(10), x.get(0).negate().plus(1)));
        add(all, 2, "Freudenstein-Roth", at(.5, -2), at(0, 48.98425), x -> {
            Expr b = x.get(1);
            return Expr.stack(x.get(0).plus(b.negate().plus(5).times(b).minus(2).times(b)).minus(13),
                    x.get(0).plus(b.plus(1).times(b).minus(14).times(b)).minus(29));
        });
        add(all, 3, "Powell badly scaled", at(0, 1), at(0),
                x -> Expr.stack(x.get(0).times(x.get(1)).times(1e4).minus(1),
                exp(x.get(0).negate()).plus(exp(x.get(1).negate())).minus(1.0001)));
        add(all, 4, "Brown badly scaled", at(1, 1), at(0),
                x -> Expr.stack(x.get(0).minus(1e6), x.get(1).minus(2e-6), x.get(0).times(x.get(1)).minus(2)));
        double[] beale = {1.5, 2.25, 2.625};
        add(all, 5, "Beale", at(1, 1), at(0),
                x -> rows(3, i -> x.get(0).times(pow(x.get(1), i).minus(1)).plus(beale[i - 1])));
        add(all, 6, "Jennrich-Sampson", at(.3, .4), at(124.3622),
                x -> rows(10, i -> exp(x.get(0).times(i)).plus(exp(x.get(1).times(i))).negate().plus(2 + 2 * i)));
        add(all, 7, "Helical valley", at(-1, 0, 0), at(0), x -> {
            Expr angle = atan(x.get(1).dividedBy(x.get(0))).dividedBy(2 * Math.PI);
            Expr theta = select(lessThan(x.get(0), number(0)), angle.plus(.5), angle);
            return Expr.stack(x.get(2).minus(theta.times(10)).times(10),
                    sqrt(square(x.get(0)).plus(square(x.get(1)))).minus(1).times(10), x.get(2));
        });
        add(all, 13, "Powell singular", at(3, -1, 0, 1), at(0), MoreGarbowHillstrom::powell);
        add(all, 14, "Wood", at(-3, -1, -3, -1), at(0),
                x -> Expr.stack(x.get(1).minus(square(x.get(0))).times(10), x.get(0).negate().plus(1),
                x.get(3).minus(square(x.get(2))).times(Math.sqrt(90)), x.get(2).negate().plus(1),
                x.get(1).plus(x.get(3)).minus(2).times(Math.sqrt(10)),
                x.get(1).minus(x.get(3)).dividedBy(Math.sqrt(10))));
    }

    private static Expr powell(Expr x) {
        List<Expr> parts = new ArrayList<>();
        for (int k = 0; k < x.size(); k += 4) {
            parts.add(x.get(k).plus(x.get(k + 1).times(10)));
            parts.add(x.get(k + 2).minus(x.get(k + 3)).times(Math.sqrt(5)));
            parts.add(square(x.get(k + 1).minus(x.get(k + 2).times(2))));
            parts.add(square(x.get(k).minus(x.get(k + 3))).times(Math.sqrt(10)));
        }
        return Expr.stack(parts.toArray(Expr[]::new));
    }

    private static void data(List<MoreGarbowHillstrom> all) {
        add(all, 8, "Bard", at(1, 1, 1), at(8.214877e-3, 17.42869), x -> rows(15, i -> x.get(0)
                .plus(number(i).dividedBy(x.get(1).times(16 - i).plus(x.get(2).times(Math.min(i, 16 - i))))).negate()
                .plus(BARD[i - 1])));
        add(all, 9, "Gaussian", at(.4, 1, 0), at(1.12793e-8), x -> rows(15, i -> x.get(0)
                .times(exp(x.get(1).times(square(x.get(2).negate().plus((8 - i) / 2.0))).times(-.5)))
                .minus(GAUSS[i <= 8 ? i - 1 : 15 - i])));
        add(all, 10, "Meyer", at(.02, 4000, 250), at(87.94586),
                x -> rows(16, i -> x.get(0).times(exp(x.get(1).dividedBy(x.get(2).plus(45 + 5 * i))))
                .minus(MEYER[i - 1])));
        add(all, 11, "Gulf", at(5, 2.5, .15), at(0),
                x -> rows(99, i -> exp(
                pow(abs(x.get(1).minus(25 + Math.pow(-50 * Math.log(i / 100.0), 2 / 3.0))), x.get(2))
                .dividedBy(x.get(0)).negate()).minus(i / 100.0)));
        add(all, 12, "Box 3-D", at(0, 10, 20), at(0), x -> rows(10, i -> {
            double t = .1 * i;
            return exp(x.get(0).times(-t)).minus(exp(x.get(1).times(-t)))
                    .minus(x.get(2).times(Math.exp(-t) - Math.exp(-10 * t)));
        }));
        add(all, 15, "Kowalik-Osborne", at(.25, .39, .415, .39), at(3.07505e-4, 1.02734e-3), x -> rows(11, i -> {
            double u = KOWALIK_U[i - 1];
            return x.get(0).times(x.get(1).times(u).plus(u * u)).dividedBy(x.get(2).times(u).plus(u * u).plus(x.get(3)))
                    .negate().plus(KOWALIK_Y[i - 1]);
        }));
        add(all, 16, "Brown-Dennis", at(25, 5, -5, -1), at(85822.2), x -> rows(20, i -> {
            double t = i / 5.0;
            return square(x.get(0).plus(x.get(1).times(t)).minus(Math.exp(t)))
                    .plus(square(x.get(2).plus(x.get(3).times(Math.sin(t))).minus(Math.cos(t))));
        }));
        add(all, 17, "Osborne 1", at(.5, 1.5, -1, .01, .02), at(5.464895e-5), x -> rows(33, i -> {
            double t = 10 * (i - 1);
            return x.get(0).plus(x.get(1).times(exp(x.get(3).times(-t)))).plus(x.get(2).times(exp(x.get(4).times(-t))))
                    .negate().plus(OSBORNE1[i - 1]);
        }));
        add(all, 18, "Biggs EXP6", at(1, 2, 1, 1, 1, 1), at(0, 5.65565e-3, .3063667725), x -> rows(13, i -> {
            double t = .1 * i;
            double y = Math.exp(-t) - 5 * Math.exp(-10 * t) + 3 * Math.exp(-4 * t);
            return x.get(2).times(exp(x.get(0).times(-t))).minus(x.get(3).times(exp(x.get(1).times(-t))))
                    .plus(x.get(5).times(exp(x.get(4).times(-t)))).minus(y);
        }));
        add(all, 19, "Osborne 2", at(1.3, .65, .65, .7, .6, 3, 5, 7, 2, 4.5, 5.5), at(4.013774e-2), x -> rows(65, i -> {
            double t = (i - 1) / 10.0;
            Expr sum = x.get(0).times(exp(x.get(4).times(-t)));
            for (int k = 1; k <= 3; k++) {
                sum = sum.plus(x.get(k).times(exp(square(x.get(7 + k).negate().plus(t)).times(x.get(4 + k)).negate())));
            }
            return sum.negate().plus(OSBORNE2[i - 1]);
        }));
        add(all, 20, "Watson", new double[9], at(1.39976e-6), x -> rows(31, i -> {
            if (i >= 30) {
                return i == 30 ? x.get(0) : x.get(1).minus(square(x.get(0))).minus(1);
            }
            double t = i / 29.0;
            return sum(2, 9, j -> x.get(j - 1).times((j - 1) * Math.pow(t, j - 2)))
                    .minus(square(sum(1, 9, j -> x.get(j - 1).times(Math.pow(t, j - 1))))).minus(1);
        }));
    }

    private static void variable(List<MoreGarbowHillstrom> all) {
        add(all, 21, "Extended Rosenbrock", repeated(10, -1.2, 1), at(0), x -> rows(10, i -> i % 2 == 1
                ? x.get(i).minus(square(x.get(i - 1))).times(10) : x.get(i - 2).negate().plus(1)));
        add(all, 22, "Extended Powell", repeated(12, 3, -1, 0, 1), at(0), MoreGarbowHillstrom::powell);
        add(all, 23, "Penalty I", starts(4, i -> i), at(2.24997e-5),
                x -> rows(5, i -> i <= 4 ? x.get(i - 1).minus(1).times(Math.sqrt(1e-5)) : x.square().sum().minus(.25)));
        add(all, 24, "Penalty II", repeated(4, .5), at(9.37629e-6), x -> rows(8, i -> {
            double root = Math.sqrt(1e-5);
            if (i == 1 || i == 8) {
                return i == 1 ? x.get(0).minus(.2) : sum(1, 4, j -> square(x.get(j - 1)).times(5 - j)).minus(1);
            }
            return i <= 4
                    ? exp(x.get(i - 1).times(.1)).plus(exp(x.get(i - 2).times(.1)))
                    .minus(Math.exp(i / 10.0) + Math.exp((i - 1) / 10.0)).times(root)
                    : exp(x.get(i - 4).times(.1)).minus(Math.exp(-.1)).times(root);
        }));
        add(all, 25, "Variably dimensioned", starts(10, i -> 1 - i / 10.0), at(0), x -> {
            Expr s = sum(1, 10, j -> x.get(j - 1).minus(1).times(j));
            return rows(12, i -> i <= 10 ? x.get(i - 1).minus(1) : i == 11 ? s : square(s));
        });
        add(all, 26, "Trigonometric", repeated(10, .1), at(0, 2.79506e-5),
                x -> rows(10, i -> cos(x).sum().negate().plus(10)
                .plus(cos(x.get(i - 1)).negate().plus(1).times(i)).minus(sin(x.get(i - 1)))));
        add(all, 27, "Brown almost linear", repeated(10, .5), at(0, 1), x -> rows(10, i -> {
            Expr product = x.get(0);
            for (int j = 1; j < 10; j++) {
                product = product.times(x.get(j));
            }
            return i < 10 ? x.get(i - 1).plus(x.sum()).minus(11) : product.minus(1);
        }));
        double[] boundary = starts(10, i -> i / 11.0 * (i / 11.0 - 1));
        add(all, 28, "Discrete boundary value", boundary, at(0), x -> rows(10, i -> {
            Expr before = i == 1 ? number(0) : x.get(i - 2);
            Expr after = i == 10 ? number(0) : x.get(i);
            return x.get(i - 1).times(2).minus(before).minus(after)
                    .plus(pow(x.get(i - 1).plus(i / 11.0 + 1), 3).times(1 / 242.0));
        }));
        add(all, 29, "Discrete integral equation", boundary.clone(), at(0), x -> rows(10, i -> {
            double t = i / 11.0;
            Expr first = sum(1, i, j -> pow(x.get(j - 1).plus(j / 11.0 + 1), 3).times(j / 11.0)).times(1 - t);
            Expr second = sum(i + 1, 10, j -> pow(x.get(j - 1).plus(j / 11.0 + 1), 3).times(1 - j / 11.0)).times(t);
            return x.get(i - 1).plus(first.plus(second).times(1 / 22.0));
        }));
        add(all, 30, "Broyden tridiagonal", repeated(10, -1), at(0), x -> rows(10, i -> {
            Expr before = i == 1 ? number(0) : x.get(i - 2);
            Expr after = i == 10 ? number(0) : x.get(i);
            return x.get(i - 1).times(-2).plus(3).times(x.get(i - 1)).minus(before).minus(after.times(2)).plus(1);
        }));
        add(all, 31, "Broyden banded", repeated(10, -1), at(0), x -> rows(10, i -> {
            Expr band = sum(Math.max(1, i - 5), Math.min(10, i + 1), j -> j == i ? number(0)
                    : x.get(j - 1).times(x.get(j - 1).plus(1)));
            return x.get(i - 1).times(square(x.get(i - 1)).times(5).plus(2)).plus(1).minus(band);
        }));
        add(all, 32, "Linear full rank", repeated(10, 1), at(10),
                x -> rows(20, i -> (i <= 10 ? x.get(i - 1) : number(0)).minus(x.sum().times(.1)).minus(1)));
        add(all, 33, "Linear rank 1", repeated(10, 1), at(20 * 19 / 82.0),
                x -> rows(20, i -> sum(1, 10, j -> x.get(j - 1).times(j)).times(i).minus(1)));
        add(all, 34, "Linear rank 1, zeros", repeated(10, 1), at((400 + 60 - 6) / 74.0),
                x -> rows(20, i -> i == 1 || i == 20
                ? number(-1) : sum(2, 9, j -> x.get(j - 1).times(j)).times(i - 1).minus(1)));
        add(all, 35, "Chebyquad", starts(8, i -> i / 9.0), at(3.51687e-3), x -> {
            Expr[] rows = new Expr[8];
            Expr z = x.times(2).minus(1);
            Expr before = z.times(0).plus(1);
            Expr now = z;
            for (int i = 1; i <= 8; i++) {
                rows[i - 1] = now.sum().times(.125).plus(i % 2 == 1 ? 0 : 1.0 / (i * i - 1));
                Expr next = z.times(now).times(2).minus(before);
                before = now;
                now = next;
            }
            return Expr.stack(rows);
        });
    }

    /** Whether a value is one of the known minima: within 1e-4 of it, or below 1e-10 where it is 0. */
    boolean isMinimum(double value) {
        return Arrays.stream(minima).anyMatch(
                minimum -> minimum == 0 ? value < 1e-10 : Math.abs(value - minimum) <= 1e-4 * minimum)
                || value < Arrays.stream(minima).min().orElse(0);
    }
}

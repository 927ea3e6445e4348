package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.plan.Derivative;
import hesse.run.Program;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What derivatives cost, in executed scalar operations, which are exact; and that size is no obstacle. */
class CostTest {
    private static long operations(Objective f, Derivative derivative) {
        Program program = f.programs().get(0);
        return program.engine(derivative).plan().operations();
    }

    private static void check(String name, int n, Function<Expr, Expr> body) {
        Objective f = Objective.of(n, body);
        long value = operations(f, Derivative.VALUE);
        double gradient = (double) operations(f, Derivative.GRADIENT) / value;
        double product = (double) operations(f, Derivative.HESSIAN_VECTOR) / value;
        System.out.printf("%-28s value %7d operations, gradient %5.2f values, Hessian-vector product %5.2f%n", name,
                value, gradient, product);
        assertTrue(value >= 100, name + " has " + value);
        assertTrue(gradient <= 4, name + ": gradient costs " + gradient + " values");
        assertTrue(product <= 10, name + ": Hessian-vector product costs " + product + " values");
    }

    /** A body of scalar operations on random earlier values. */
    private static Expr mixture(Expr x, int length, boolean functions) {
        Random random = new Random(length);
        Expr[] values = new Expr[length];
        for (int i = 0; i < length; i++) {
            Expr a = i < x.size() ? x.get(i) : values[i - 1 - random.nextInt(Math.min(i, 12))];
            Expr b = i == 0 ? a : values[random.nextInt(i)];
            values[i] = switch (random.nextInt(functions ? 12 : 5)) {
                case 0, 1 -> a.times(b);
                case 2 -> a.plus(b);
                case 3 -> a.minus(b);
                case 4 -> Functions.fma(a, b, a);
                case 5 -> a.dividedBy(b.square().plus(1));
                case 6 -> Functions.sin(a);
                case 7 -> Functions.exp(a.negate().minus(b));
                case 8 -> Functions.tanh(a.times(b));
                case 9 -> Functions.sqrt(a.square().plus(1));
                case 10 -> Functions.log(b.square().plus(2)).times(a);
                default -> Functions.sigmoid(a.minus(b)).times(b);
            };
        }
        Expr sum = values[length - 1];
        for (int i = Math.max(0, length - 20); i < length - 1; i++) {
            sum = sum.plus(values[i]);
        }
        return sum;
    }

    @Test
    void gradientsAndProductsCostAFewValues() {
        check("arithmetic, 1,000", 10, x -> mixture(x, 1_000, false));
        check("functions, 200", 5, x -> mixture(x, 200, true));
        check("functions, 10,000", 20, x -> mixture(x, 10_000, true));
        check("chained Rosenbrock, n = 100", 100, x -> {
            Expr sum = Expr.constant(0);
            for (int i = 1; i < 100; i++) {
                sum = sum.plus(x.get(i).minus(x.get(i - 1).square()).square().times(100))
                        .plus(x.get(i - 1).negate().plus(1).square());
            }
            return sum;
        });
        check("product of 200", 200, x -> {
            Expr product = x.get(0);
            for (int i = 1; i < 200; i++) {
                product = product.times(x.get(i));
            }
            return product;
        });
        check("quotients of 200", 200, x -> {
            Expr quotient = x.get(0);
            for (int i = 1; i < 200; i++) {
                quotient = quotient.plus(1).dividedBy(x.get(i));
            }
            return quotient;
        });
        check("arrays: 2-layer network", 20 * 8 + 8 * 20, x -> {
            Expr input = Expr.constant(new Random(1).doubles(20).toArray());
            Expr hidden = Functions.tanh(x.slice(0, 160).reshape(8, 20).matmul(input));
            Expr output = x.slice(160, 320).reshape(20, 8).matmul(hidden);
            return Functions.logSumExp(output).minus(output.get(3));
        });
        check("arrays: sum of sines", 500, x -> Functions.sum(Functions.sin(x).times(x)));
    }

    /** Masks of branches are applied where the parameters are, not assembled over all of them for every row. */
    @Test
    void branchesOverRowsCostAFewValues() {
        int width = 32;
        int n = 2 * (width + 1) * width;
        Rows rows = Rows.of(50).column("x", width, new Random(1).doubles(50 * width, -1, 1).toArray());
        for (boolean leaky : new boolean[] {false, true}) {
            Objective net = Objective.sum(n, rows, (p, row) -> {
                Expr layer = row.get("x");
                for (int k = 0; k < 2; k++) {
                    int at = k * n / 2;
                    Expr z = layer.matmul(p.slice(at, at + width * width).reshape(width, width))
                            .plus(p.slice(at + width * width, at + n / 2));
                    layer = leaky ? Functions.select(Functions.greaterThan(z, 0), z, z.times(0.01))
                            : Functions.max(z, 0);
                }
                return layer.square().sum();
            });
            double gradient = (double) operations(net, Derivative.GRADIENT) / operations(net, Derivative.VALUE);
            assertTrue(gradient <= 3, "a gradient costs " + gradient + " values besides its outer products");
        }
    }

    @Test
    void aMillionOperations() {
        int length = 1_000_000;
        Objective f = Objective.of(3, x -> {
            Expr value = x.get(0);
            for (int i = 0; i < length; i++) {
                value = i % 3 == 0 ? value.times(x.get(1)) : i % 3 == 1 ? value.plus(x.get(2)) : Functions.sin(value);
            }
            return value;
        });
        double[] x = {0.1, 0.9, 0.3};
        double value = x[0];
        for (int i = 0; i < length; i++) {
            value = i % 3 == 0 ? value * x[1] : i % 3 == 1 ? value + x[2] : Math.sin(value);
        }
        assertEquals(value, f.value(x));
        double[] g = f.gradient(x);
        double[] hv = f.hessianVector(x, new double[] {0, 1, 0});
        double step = 1e-5;
        double[] up = f.gradient(new double[] {0.1, 0.9 + step, 0.3});
        double[] down = f.gradient(new double[] {0.1, 0.9 - step, 0.3});
        for (int i = 0; i < 3; i++) {
            assertEquals((up[i] - down[i]) / (2 * step), hv[i], 1e-7);
        }
        assertEquals((f.value(new double[] {0.1, 0.9 + step, 0.3}) - f.value(new double[] {0.1, 0.9 - step, 0.3}))
                / (2 * step), g[1], 1e-9);
        assertEquals(1_000_000, operations(f, Derivative.VALUE));
    }

    @Test
    void readingAVectorEntryByEntryIsLinear() {
        int n = 200_000;
        Objective f = Objective.of(n, x -> {
            Expr sum = x.get(0).square();
            for (int i = 1; i < n; i++) {
                sum = sum.plus(x.get(i).minus(x.get(i - 1).square()).square());
            }
            return sum;
        });
        assertTrue(operations(f, Derivative.GRADIENT) <= 4 * operations(f, Derivative.VALUE));
        double[] x = new double[n];
        Arrays.fill(x, 1);
        double[] g = f.gradient(x);
        assertEquals(2, g[0]);
        assertEquals(0, g[n - 1]);
    }
}

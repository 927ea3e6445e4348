package hesse;

import static hesse.Functions.dot;
import static hesse.Functions.softplus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.Cholesky;
import hesse.matrix.Ldl;
import hesse.matrix.Matrix;
import hesse.matrix.Qr;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A JVM that has no fused multiply-add gives the bits of one that has, and says what it runs. */
class WithoutFmaTest {
    private static final int N = 13;
    private static final int COUNT = 500;

    @Test
    void sameBits() throws Exception {
        assertEquals(answers(), ChildJvm.lastLine(0, InJvm.class, List.of("-XX:-UseFMA"), "answers"));
    }

    @Test
    void says() throws Exception {
        String said = ChildJvm.lastLine(0, InJvm.class, List.of("-XX:-UseFMA"), "runtime");
        assertTrue(said.contains("no fused multiply-add (FMA) on this processor")
                && !said.contains("tier fused"), said);
        String tier = Hesse.runtime().tier() == Tier.SCALAR ? "SCALAR" : "LANES";
        assertTrue(said.contains("[" + tier + "]"), said);
        assertTrue(!Hesse.runtime().reason().contains("multiply-add"), Hesse.runtime().reason());
    }

    /** Hashes of the bits of everything that multiplies and adds, by name. */
    private static String answers() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        Rows rows = Rows.of(COUNT).column("x", N, random.doubles(COUNT * N, -1, 1).toArray())
                .column("y", random.doubles(COUNT).toArray());
        double[] x = random.doubles(N, -1, 1).toArray();
        double[] points = random.doubles(64 * N, 0.1, 1.5).toArray();
        SymmetricMatrix h = SymmetricMatrix.of(N);
        double[] g = new double[N];
        Objective logistic = Objective.sum(N, rows, (b, row) -> {
            Expr z = dot(row.get("x"), b);
            return softplus(z).minus(row.get("y").times(z));
        });
        Objective functions = Objective.of(N, v -> {
            Expr sum = Functions.sum(Functions.exp(v)).plus(Functions.sum(Functions.sin(v).times(Functions.cos(v))))
                    .plus(Functions.sum(Functions.tanh(v)));
            sum = sum.plus(Functions.sum(Functions.log(v.times(v).plus(1))))
                    .plus(Functions.pow(v.get(0).times(v.get(0)), v.get(1)));
            sum = sum.plus(Functions.sum(Functions.erf(v))).plus(Functions.lgamma(Functions.exp(v.get(2))))
                    .plus(Functions.normalCdf(v.get(3)));
            return sum.plus(Functions.sum(Functions.atan(v))).plus(Functions.sigmoid(v.get(4).times(v.get(5))))
                    .plus(Functions.cbrt(v.get(6)));
        });
        VectorFunction residuals = VectorFunction.perRow(N, rows,
                (b, row) -> Functions.exp(dot(row.get("x"), b)).minus(row.get("y")));
        Expr matrix = Expr.constant(new double[][] {{1.1, 0.3, 2}, {0.7, -1.3, 0.1}, {1, 2, 3.3}, {0.2, 0.5, -0.9}});
        Objective layer = Objective.sum(12, rows, (b, row) ->
                Functions.sum(Functions.tanh(Functions.matmul(b.reshape(3, 4),
                        Functions.matmul(matrix, row.get("x").slice(0, 3))))));
        for (Tier tier : new Tier[] {Tier.SCALAR, Tier.LANES, Tier.FUSED}) {
            Settings settings = Settings.defaults().tier(tier);
            text.append(' ').append(tier);
            add(text, "logistic", logistic.with(settings).hessian(x, g, h));
            add(text, "gradient", g);
            add(text, "Hessian", h.toPacked());
            add(text, "functions", functions.with(settings).hessian(x, g, h));
            add(text, "gradient", g);
            add(text, "Hessian", h.toPacked());
            double[] gradients = new double[points.length];
            functions.with(settings).batch().gradients(points, gradients);
            add(text, "batch", gradients);
            add(text, "jacobian", residuals.with(settings).jacobian(x).data());
            residuals.with(settings).gaussNewton(x, g, h);
            add(text, "gaussNewton", h.toPacked());
            add(text, "layer", layer.with(settings).gradient(Arrays.copyOf(x, 12)));
        }
        int n = 100;
        SymmetricMatrix a = SymmetricMatrix.of(n);
        a.addGram(Matrix.of(random.doubles(n, -1, 1).mapToObj(d -> random.doubles(n, -1, 1).toArray())
                .toArray(double[][]::new)), null);
        double[] b = random.doubles(n, -1, 1).toArray();
        add(text, "gram", a.toPacked());
        add(text, "symv", a.multiply(b));
        add(text, "cholesky", Cholesky.of(a).solve(b));
        add(text, "ldl", Ldl.of(a).solve(b));
        add(text, "eigen", SymmetricEigen.values(a));
        add(text, "qr", Qr.of(Matrix.of(a.toArray())).solve(b));
        return text.toString();
    }

    private static void add(StringBuilder text, String name, double... numbers) {
        text.append(' ').append(name).append(' ').append(Integer.toHexString(Arrays.hashCode(numbers)));
    }

    /** What runs in a JVM of its own. */
    static final class InJvm {
        private InJvm() {}

        public static void main(String[] arguments) {
            System.out.println(arguments[0].equals("answers") ? answers() : "[" + Hesse.runtime().tier() + "] "
                    + Hesse.runtime());
        }
    }
}

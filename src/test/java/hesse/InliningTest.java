package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.kernel.function.ArrayFunctions;
import hesse.matrix.Cholesky;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * C2's own log: no kernel that works on vectors outgrows the limit of nodes behind which C2 stops inlining and would
 * box every vector that goes to a helper. Helpers of arrays may be called.
 */
class InliningTest {
    @Test
    void noKernelOutgrowsTheInliner() throws Exception {
        Assumptions.assumeTrue(Hesse.runtime().tier() == Tier.FUSED);
        String log = ChildJvm.lastLine(3, Kernels.class,
                List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+PrintCompilation", "-XX:+PrintInlining",
                "-XX:-BackgroundCompilation"));
        assertTrue(log.contains("DoubleVector::fma"), "no inlining log");
        String root = "";
        TreeSet<String> cut = new TreeSet<>();
        TreeSet<String> roots = new TreeSet<>();
        for (String line : log.lines().toList()) {
            if (!line.contains("@ ")) {
                root = line.contains("hesse.kernel.") ? line.replaceFirst(".*?(hesse\\.kernel\\.\\S+).*", "$1") : "";
                roots.add(root);
            } else if (!root.isEmpty() && line.contains("NodeCountInliningCutoff") && takesVectors(line)) {
                cut.add(root + ": " + line.strip());
            }
        }
        assertTrue(roots.stream().filter(name -> name.contains("Lanes")).count() > 40,
                () -> "kernels compiled: " + roots);
        assertEquals(new TreeSet<>(), cut);
    }

    /** Whether the method that a line of the log is about has a vector among its parameters, which would be boxed. */
    private static boolean takesVectors(String line) throws ClassNotFoundException {
        Matcher callee = Pattern.compile("(hesse\\.kernel\\.\\w+)::(\\w+)").matcher(line);
        return callee.find() && Arrays.stream(Class.forName(callee.group(1)).getDeclaredMethods())
                .filter(method -> method.getName().equals(callee.group(2)))
                .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                .anyMatch(type -> type.getName().startsWith("jdk.incubator.vector."));
    }

    /** Warms up all elementwise functions, products, factors, and a function over rows. */
    static final class Kernels {
        private Kernels() {}

        public static void main(String[] args) throws Exception {
            Random random = new Random(1);
            double[] x = random.doubles(1024, 0.1, 0.9).toArray();
            double[] y = new double[1024];
            for (int repeat = 0; repeat < 4_000; repeat++) {
                for (Method function : ArrayFunctions.class.getDeclaredMethods()) {
                    if (Modifier.isPublic(function.getModifiers()) && function.getParameterCount() == 5
                            && function.getReturnType() == void.class) {
                        function.invoke(null, x, 0, y, 0, 256);
                    }
                }
            }
            Matrix a = Matrix.of(256, 128);
            Arrays.setAll(a.data(), i -> random.nextDouble() - 0.5);
            SymmetricMatrix h = SymmetricMatrix.of(128);
            double[] v = random.doubles(128, -1, 1).toArray();
            double[] result = new double[128];
            for (int repeat = 0; repeat < 400; repeat++) {
                h.addGram(a, null);
                h.addDiagonal(1);
                Cholesky.of(h).solve(v);
                h.multiply(v, result);
                a.transposedMultiply(a);
            }
            Rows rows = Rows.of(4096).column("x", 16, random.doubles(4096 * 16, -1, 1).toArray())
                    .column("y", random.doubles(4096, 0, 1).toArray());
            Objective f = Objective.sum(16, rows, (b, row) -> Functions.softplus(Functions.dot(row.get("x"), b))
                    .minus(row.get("y").times(b.get(0))))
                    .with(Settings.defaults().tier(Tier.LANES));
            SymmetricMatrix second = SymmetricMatrix.of(16);
            for (int repeat = 0; repeat < 300; repeat++) {
                f.hessian(Arrays.copyOf(v, 16), Arrays.copyOf(result, 16), second);
            }
            System.out.flush();
            System.exit(3);
        }
    }
}

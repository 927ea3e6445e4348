package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions say of how they run, and preparing them. */
class ExplainTest {
    @Test
    void aPointIsCompiledWhenPrepared() {
        Objective f = Objective.of(2, x -> Functions.square(x.get(1).minus(Functions.square(x.get(0)))).times(100)
                .plus(Functions.square(x.get(0).negate().plus(1))));
        assertTrue(f.explain().contains("step by step (tier scalar)"), f::explain);
        double before = f.value(new double[] {-1.2, 1});
        String text = f.prepare().explain();
        assertTrue(text.startsWith("function of 2 parameters, tier auto\na body of "), text);
        assertTrue(text.contains("""
                  value
                    operations  7 once, 0 each row; arena of 6 numbers
                    runs        as one compiled method (tier fused)
                        region of 7 operations, 1 results leave it
                          v0 = square(a2)
                """), text);
        assertEquals(before, f.value(new double[] {-1.2, 1}));
    }

    /**
     * A long chain in several regions: what each computes it also uses up, one entry of the gradient for some 14
     * operations.
     */
    @Test
    void fewResultsLeaveRegions() {
        Objective chain = Objective.of(100, x -> {
            Expr sum = Expr.constant(0);
            for (int i = 0; i < 99; i++) {
                sum = sum.plus(Functions.square(x.get(i + 1).minus(Functions.square(x.get(i)))).times(100)
                        .plus(Functions.square(x.get(i).negate().plus(1))));
            }
            return sum;
        });
        String text = chain.prepare().explain();
        List<MatchResult> regions = Pattern.compile("region of (\\d+) operations, (\\d+) results").matcher(text)
                .results().toList();
        assertTrue(regions.size() > 10, text);
        for (MatchResult region : regions) {
            assertTrue(5 * Integer.parseInt(region.group(2)) < Integer.parseInt(region.group(1)), region.group());
        }
    }

    @Test
    void aSumSaysWhatBecomesOfItsColumns() {
        Rows rows = Rows.of(50).column("x", 9, new double[450]).column("y", new double[50]);
        Objective f = Objective.sum(10, rows, (b, row) -> {
            Expr z = Functions.dot(row.get("x"), b.slice(0, 9)).plus(b.get(9));
            return Functions.softplus(z).minus(row.get("y").times(z));
        }).times(2);
        String text = f.explain();
        assertTrue(text.contains("2.0 times a body of "), text);
        assertTrue(text.contains("summed over 50 rows of x (width 9), y (width 1)"), text);
        assertTrue(text.contains("weighted Gram product of columns 0 and 0, 9 x 9"), text);
        String fused = f.with(Settings.defaults().tier(Tier.FUSED)).explain();
        assertTrue(fused.contains(Hesse.runtime().tier() == Tier.SCALAR ? "row by row (tier scalar): "
                : "by blocks of 64 rows in "), fused);
        assertTrue(f.with(Settings.defaults().tier(Tier.SCALAR)).explain().contains("row by row (tier scalar)\n"));
    }

    @Test
    void preparedVectorFunctionsAndBatchesKeepTheirBits() {
        VectorFunction f = VectorFunction.of(2,
                x -> Expr.stack(Functions.sin(x.get(0)).times(x.get(1)), x.get(0).minus(x.get(1)).square()));
        double[] points = {0.5, -1, 2, 0.25};
        double[] before = new double[8];
        double[] after = new double[8];
        f.batch().jacobians(points, null, before);
        f.prepare().batch().prepare().jacobians(points, null, after);
        assertArrayEquals(before, after);
        Batch batch = Objective.of(2, x -> Functions.exp(x.get(0)).times(x.get(1))).batch();
        double[] g = new double[4];
        double[] prepared = new double[4];
        batch.gradients(points, g);
        batch.prepare().gradients(points, prepared);
        assertArrayEquals(g, prepared);
    }

    /** A JVM that does not optimise answers with the same bits, by the scalar tier, and says why. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
    void withoutTheOptimisingCompilerRowsAreScalar(String flag) throws Exception {
        String last = ChildJvm.lastLine(0, Batched.class, List.of(flag));
        assertTrue(last.startsWith(Batched.digest() + " "), last);
        assertTrue(last.contains("row by row (tier scalar): "), last);
        assertTrue(Hesse.runtime().tier() == Tier.SCALAR || last.contains(flag), last);
    }

    /** A number that depends on every bit of a batch by the fastest tier, and what says how a sum runs. */
    static final class Batched {
        private Batched() {}

        static int digest() {
            double[] points = new Random(1).doubles(4000).toArray();
            double[] values = new double[2000];
            double[] gradients = new double[4000];
            Objective.of(2, x -> Functions.exp(x.get(0)).times(x.get(1)).plus(Functions.lgamma(x.get(1).plus(0.5))))
                    .with(Settings.defaults().tier(Tier.FUSED)).batch().gradients(points, values, gradients);
            return 31 * Arrays.hashCode(values) + Arrays.hashCode(gradients);
        }

        public static void main(String[] args) {
            Objective sum = Objective.sum(1, Rows.of(50).column("y", new double[50]),
                    (b, row) -> b.get(0).times(row.get("y")).square());
            String runs = sum.with(Settings.defaults().tier(Tier.FUSED)).explain().lines()
                    .filter(line -> line.contains("runs ")).findFirst().orElseThrow();
            System.out.println(digest() + " " + runs);
        }
    }

    /** A function that is too large for regions keeps no steps to make them of, but knows what it costs. */
    @Test
    void aLargeFunctionSaysWhatItCosts() {
        int length = 250_000;
        Objective f = Objective.of(2, x -> {
            Expr value = x.get(0);
            for (int i = 0; i < length; i++) {
                value = i % 2 == 0 ? value.times(x.get(1)) : Functions.sin(value);
            }
            return value;
        });
        String text = f.explain();
        assertTrue(text.contains("operations  " + length + " once"), text);
    }
}

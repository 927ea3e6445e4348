package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Objective;
import hesse.Settings;
import hesse.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Derivatives hold to the ends of the range: functions and compositions c f(x), with factors c and arguments of 10^-300
 * to 10^300, on every tier, against answers of 60-digit arithmetic whose exponents are unbounded ({@code
 * scripts/rules.py}).
 */
class RulesTest {
    /**
     * The error that a slope or second derivative may have, in last places of the largest term that its chain of rules
     * adds up.
     */
    private static final double PLACES = 64;
    /** Below the least normal number digits are lost whatever the rule. */
    private static final double LEAST = 16 * Double.MIN_NORMAL;

    /** c f(x) and its derivatives by x, and the largest terms of these. */
    private record Answer(double scale, double x, double value, double slope, double second, double slopeTerm,
            double secondTerm) {}

    private static Map<String, List<Answer>> answers() throws IOException {
        Map<String, List<Answer>> answers = new LinkedHashMap<>();
        try (InputStream in = RulesTest.class.getResourceAsStream("/hesse/rules.tsv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                String[] fields = line.split("\t");
                double[] a = Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
                answers.computeIfAbsent(fields[0], text -> new ArrayList<>())
                        .add(new Answer(a[0], a[1], a[2], a[3], a[4], a[5], a[6]));
            }
        }
        return answers;
    }

    @TestFactory
    List<DynamicTest> everyFunctionOnEveryTier() throws IOException {
        Map<String, List<Answer>> answers = answers();
        assertTrue(answers.size() > 85 && answers.values().stream().allMatch(list -> list.size() >= 18),
                "too few answers");
        return answers.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue()))).toList();
    }

    private static void check(String text, List<Answer> answers) {
        Objective f = new Problem(text, "c*(" + text + ")", List.of("c", "x"), new double[2], List.of()).objective();
        int count = answers.size();
        double[] points = answers.stream()
                .flatMapToDouble(a -> java.util.stream.DoubleStream.of(a.scale, a.x)).toArray();
        double[] values = new double[count];
        double[] gradients = new double[2 * count];
        double[] hessians = new double[3 * count];
        f.with(Settings.defaults().tier(Tier.SCALAR)).batch().hessians(points, values, gradients, hessians);
        for (int k = 0; k < count; k++) {
            Answer a = answers.get(k);
            String where = text + " at c = " + a.scale + ", x = " + a.x;
            compare(where + ": value", values[k], a.value, 1e5 * Math.abs(a.value));
            compare(where + ": slope", gradients[2 * k + 1], a.slope, a.slopeTerm);
            compare(where + ": second derivative", hessians[3 * k + 2], a.second, a.secondTerm);
            double[] product = f.hessianVector(new double[] {a.scale, a.x}, new double[] {0, 1});
            compare(where + ": product with the Hessian", product[1], a.second, a.secondTerm);
        }
        for (Tier tier : new Tier[] {Tier.LANES, Tier.FUSED}) {
            double[] otherValues = new double[count];
            double[] otherGradients = new double[2 * count];
            double[] otherHessians = new double[3 * count];
            f.with(Settings.defaults().tier(tier)).batch().hessians(points, otherValues, otherGradients, otherHessians);
            assertArrayEquals(values, otherValues, text + " " + tier);
            assertArrayEquals(gradients, otherGradients, text + " " + tier);
            assertArrayEquals(hessians, otherHessians, text + " " + tier);
        }
        IntStream.range(0, Math.min(count, 5)).forEach(k ->
                assertArrayEquals(Arrays.copyOfRange(gradients, 2 * k, 2 * k + 2),
                        f.gradient(new double[] {answers.get(k).scale, answers.get(k).x})));
    }

    private static void compare(String what, double actual, double expected, double term) {
        double allowed = PLACES * Math.ulp(Math.max(Math.abs(expected), term)) + LEAST;
        assertTrue(Math.abs(actual - expected) <= allowed, () -> what + " is " + actual + ", right is " + expected
                + ", allowed " + allowed);
    }
}

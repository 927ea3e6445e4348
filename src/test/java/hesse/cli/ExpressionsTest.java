package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.curvature.Inertia;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Functions in text against 50-digit answers: value, gradient, Hessian, eigenvalues, inertia, constraints and Jacobian
 * at two points each. An error is relative to max(1, largest magnitude of the answer); allowed are 1e-12 (eigenvalues
 * 1e-11), or a hundred times what plain forward differentiation in doubles reaches, stored with each problem.
 */
class ExpressionsTest {
    private static final Path CUTEST = Path.of("../shared/data/expressions-cutest.jsonl");

    /** The largest error of a quantity, and where. */
    private static final class Worst {
        private double ratio;
        private String text = "none";

        void add(String where, double error, double allowed) {
            if (!(error <= allowed)) {
                throw new AssertionError(where + ": error " + error + ", allowed " + allowed);
            }
            if (error / allowed > ratio) {
                ratio = error / allowed;
                text = String.format("%.2e (%.2g of allowed) %s", error, ratio, where);
            }
        }
    }

    private final Worst[] worst = {new Worst(), new Worst(), new Worst(), new Worst(), new Worst(), new Worst()};
    private int evaluations;

    @Test
    void handWrittenAndGenerated() throws IOException {
        try (InputStream in = ExpressionsTest.class.getResourceAsStream("/hesse/expressions.jsonl")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            check(lines);
            assertEquals(81, lines.size());
        }
    }

    @Test
    void cutest() throws IOException {
        assumeTrue(Files.exists(CUTEST), CUTEST + " is not part of the project");
        check(Files.readAllLines(CUTEST));
    }

    private void check(List<String> lines) throws IOException {
        for (String line : lines) {
            Map<String, Object> problem = JSON.std.mapFrom(line);
            check(problem, "");
            check(problem, "2");
        }
        String[] names = {"value", "gradient", "Hessian", "eigenvalues", "constraint values", "Jacobian"};
        System.out.println(evaluations + " evaluations; worst errors:");
        for (int i = 0; i < names.length; i++) {
            System.out.printf("  %-18s %s%n", names[i], worst[i].text);
        }
        assertTrue(evaluations >= 2 * lines.size());
    }

    private void check(Map<String, Object> problem, String suffix) {
        String where = problem.get("name") + "@at" + suffix;
        List<String> constraints = texts(problem.get("constraints"));
        Analysis analysis = Analysis.of(new Problem(where, (String) problem.get("expression"),
                texts(problem.get("variables")),
                numbers(problem.get("at" + suffix)), constraints));
        Map<?, ?> doubles = (Map<?, ?>) problem.get("double_error" + suffix);
        double[] h = analysis.curvature().hessian().toPacked();
        compare(0, where, new double[] {analysis.curvature().value()}, numbers(List.of(problem.get("value" + suffix))),
                doubles.get("value"));
        compare(1, where, analysis.curvature().gradient(), numbers(problem.get("gradient" + suffix)),
                doubles.get("gradient"));
        compare(2, where, h, rows(problem.get("hessian_lower" + suffix)), doubles.get("hessian"));
        compare(3, where, analysis.curvature().eigenvalues(), numbers(problem.get("eigenvalues" + suffix)),
                doubles.get("eigenvalues"));
        inertia(where, analysis, (Map<?, ?>) problem.get("curvature_at" + suffix));
        List<?> errors = (List<?>) problem.get("constraint_double_error" + suffix);
        for (int i = 0; i < constraints.size(); i++) {
            List<?> error = errors == null ? List.of(0, 0) : (List<?>) errors.get(i);
            double[] value = numbers(List.of(((List<?>) problem.get("constraint_values" + suffix)).get(i)));
            compare(4, where + "#c" + (i + 1), new double[] {analysis.constraints()[i]}, value, error.get(0));
            compare(5, where + "#c" + (i + 1), analysis.jacobian()[i],
                    numbers(((List<?>) problem.get("jacobian" + suffix)).get(i)), error.get(1));
        }
        evaluations++;
    }

    private static void inertia(String where, Analysis analysis, Map<?, ?> expected) {
        if (expected != null && Boolean.FALSE.equals(expected.get("borderline"))) {
            double[] signs = numbers(expected.get("inertia"));
            assertEquals(new Inertia((int) signs[0], (int) signs[1], (int) signs[2]),
                    analysis.curvature().inertia(), where);
        }
    }

    private void compare(int quantity, String where, double[] actual, double[] expected, Object doubleError) {
        assertEquals(expected.length, actual.length, where);
        double scale = 1;
        for (double entry : expected) {
            scale = Math.max(scale, Math.abs(entry));
        }
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            error = Math.max(error, Math.abs(actual[i] - expected[i]) / scale);
        }
        double reached = doubleError == null ? 0 : Double.parseDouble(doubleError.toString());
        worst[quantity].add(where, error, Math.max(quantity == 3 ? 1e-11 : 1e-12, 100 * reached));
    }

    private static List<String> texts(Object list) {
        return list == null ? List.of() : ((List<?>) list).stream().map(Object::toString).toList();
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(value -> Double.parseDouble(value.toString())).toArray();
    }

    private static double[] rows(Object rows) {
        List<Object> flat = new ArrayList<>();
        ((List<?>) rows).forEach(row -> flat.addAll((List<?>) row));
        return numbers(flat);
    }
}

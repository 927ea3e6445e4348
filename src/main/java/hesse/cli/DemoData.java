package hesse.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demo's embedded data and answers to it by independent programs; PROVENANCE.md beside the files tells which. */
final class DemoData {
    private DemoData() {}

    /**
     * Answers at one point. Matrices are packed lower triangles; the Gauss-Newton matrix is null where there is none.
     */
    record KnownAnswer(double[] at, double value, double[] gradient, double[] hessian, double[] gaussNewton) {}

    /** A problem with its answers by the name of the point. */
    record Nist(NistProblem problem, Map<String, KnownAnswer> answers) {}

    /** The logistic loss of the breast-cancer table, with its answers. */
    record Cancer(Objective objective, Map<String, KnownAnswer> answers) {}

    static List<Nist> nist() throws IOException {
        List<Nist> problems = new ArrayList<>();
        for (Object item : JSON.std.listFrom(read("nist_oracle.json"))) {
            Map<?, ?> entry = (Map<?, ?>) item;
            String name = (String) entry.get("name");
            Map<String, KnownAnswer> answers = new LinkedHashMap<>();
            ((Map<?, ?>) entry.get("points"))
                    .forEach((point, fields) -> answers.put((String) point, answer((Map<?, ?>) fields)));
            problems.add(new Nist(NistProblem.parse(name, read(name + ".dat")), answers));
        }
        return problems;
    }

    private static KnownAnswer answer(Map<?, ?> fields) {
        return new KnownAnswer(numbers(fields.get("b")), number(fields.get("rss")), numbers(fields.get("grad")),
                packed(fields.get("hess_lower_rows")), packed(fields.get("gauss_newton_lower_rows")));
    }

    /**
     * Logistic regression with a ridge |b|^2/2: features are scaled by the powers of two in the file of answers, a
     * column of ones is added; label 1 is malignant.
     */
    static Cancer cancer() throws IOException {
        Map<String, Object> stored = JSON.std.mapFrom(read("wdbc_answers.json"));
        double[] exponents = numbers(stored.get("exponents"));
        int n = exponents.length + 1;
        List<String[]> table = read("wdbc.csv").lines().skip(1).map(line -> line.split(",")).toList();
        double[] features = new double[table.size() * n];
        double[] labels = new double[table.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = table.get(i)[1].equals("M") ? 1 : 0;
            for (int j = 0; j < n - 1; j++) {
                features[i * n + j] = Double.parseDouble(table.get(i)[j + 2]) * Math.pow(2, exponents[j]);
            }
            features[i * n + n - 1] = 1;
        }
        Rows rows = Rows.of(labels.length).column("x", n, features).column("malignant", labels);
        Objective loss = Objective.sum(n, rows, (b, row) -> {
            Expr z = Functions.dot(row.get("x"), b);
            return Functions.softplus(z).minus(row.get("malignant").times(z));
        });
        Objective ridge = Objective.of(n, b -> Functions.dot(b, b)).times(0.5);
        Map<String, KnownAnswer> answers = new LinkedHashMap<>();
        ((Map<?, ?>) stored.get("points")).forEach((point, fields) -> {
            Map<?, ?> map = (Map<?, ?>) fields;
            answers.put((String) point, new KnownAnswer(numbers(map.get("b")), number(map.get("value")),
                    numbers(map.get("gradient")), packed(map.get("hessian_lower_rows")), null));
        });
        return new Cancer(loss.plus(ridge), answers);
    }

    private static double number(Object value) {
        return Double.parseDouble(value.toString());
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(DemoData::number).toArray();
    }

    private static double[] packed(Object rows) {
        return ((List<?>) rows).stream().flatMap(row -> ((List<?>) row).stream())
                .mapToDouble(DemoData::number).toArray();
    }

    private static String read(String file) throws IOException {
        try (InputStream in = DemoData.class.getResourceAsStream("demo/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package hesse.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.cli.Comparison.Row;
import hesse.cli.Comparison.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as a table for a terminal, as Markdown for a pull request, or as JSON. */
final class ComparisonReport {
    private final Comparison comparison;

    ComparisonReport(Comparison comparison) {
        this.comparison = comparison;
    }

    String text() {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"verdict", "head/base", "95 % interval", "limit", "base", "head", "bytes", "benchmark"});
        comparison.rows().forEach(row -> lines.add(cells(row)));
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            for (int j = 0; j + 1 < line.length; j++) {
                int width = width(lines, j);
                text.append(j == 0 ? line[j] + " ".repeat(width - line[j].length()) : " ".repeat(2 + width - line[j].length()) + line[j]);
            }
            text.append("  ").append(line[line.length - 1]).append('\n');
        }
        return text.append('\n').append(verdict()).append('\n').toString();
    }

    private static int width(List<String[]> lines, int column) {
        return lines.stream().mapToInt(line -> line[column].length()).max().orElse(0);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("### Performance: ").append(verdict()).append("\n\n");
        List<Row> changed = comparison.rows().stream().filter(row -> row.verdict() != Verdict.SAME).toList();
        if (!changed.isEmpty()) {
            table(text, changed);
            text.append('\n');
        }
        text.append("<details><summary>all benchmarks</summary>\n\n");
        table(text, comparison.rows());
        return text.append("\n</details>\n").toString();
    }

    private static void table(StringBuilder text, List<Row> rows) {
        text.append("|verdict|head/base|95 % interval|limit|base|head|bytes|benchmark|\n|---|--:|--:|--:|--:|--:|--:|---|\n");
        rows.forEach(row -> text.append('|').append(String.join("|", cells(row))).append("|\n"));
    }

    String json() throws IOException {
        List<Object> benchmarks = new ArrayList<>();
        for (Row row : comparison.rows()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("benchmark", row.any().name());
            entry.put("params", row.any().parameters());
            entry.put("verdict", name(row.verdict()));
            entry.put("fails", row.fails());
            entry.put("judgedBy", row.isOnBothSides() ? row.isOfFewForks() ? "iterations" : "forks" : null);
            entry.put("ratio", finite(row.ratio()));
            entry.put("low", finite(row.low()));
            entry.put("high", finite(row.high()));
            entry.put("limit", finite(row.limit()));
            entry.put("p", finite(row.p()));
            entry.put("baseNanoseconds", row.base() == null ? null : row.base().cost());
            entry.put("headNanoseconds", row.head() == null ? null : row.head().cost());
            entry.put("baseBytes", row.base() == null ? null : finite(row.base().bytes()));
            entry.put("headBytes", row.head() == null ? null : finite(row.head().bytes()));
            benchmarks.add(entry);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("passed", !comparison.fails());
        all.put("benchmarks", benchmarks);
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(all) + "\n";
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    /** The gate's answer in a line, and why. */
    String verdict() {
        StringBuilder text = new StringBuilder(comparison.fails() ? "FAILED" : "passed");
        String separator = ": ";
        for (Verdict verdict : Verdict.values()) {
            long count = comparison.rows().stream().filter(row -> row.verdict() == verdict).count();
            if (count > 0) {
                boolean allowed = verdict == Verdict.MISSING && comparison.rows().stream().noneMatch(row -> row.verdict() == verdict && row.fails());
                text.append(separator).append(count).append(' ').append(name(verdict)).append(allowed ? " (allowed)" : "");
                separator = ", ";
            }
        }
        long few = comparison.rows().stream().filter(Row::isOfFewForks).count();
        text.append(few == 0 ? "" : String.format(Locale.ROOT, "; %d of fewer than %d forks on a side: judged by iterations, to a limit %.1f times as wide",
                few, Comparison.FORKS, Comparison.WIDER));
        long unjudged = comparison.rows().stream().filter(row -> row.verdict() == Verdict.UNJUDGED && row.isOfFewForks()).count();
        text.append(unjudged == 0 ? "" : ", or unjudged where there are fewer than " + Comparison.ITERATIONS + " iterations");
        long unmeasured = comparison.rows().stream().filter(Row::isOnBothSides)
                .filter(row -> Double.isNaN(row.base().bytes()) || Double.isNaN(row.head().bytes())).count();
        return text.append(unmeasured == 0 ? "" : "; allocation not gated in " + unmeasured + " (run JMH with -prof gc)").toString();
    }

    private static String[] cells(Row row) {
        boolean both = row.isOnBothSides();
        return new String[] {
            name(row.verdict()),
            both ? String.format(Locale.ROOT, "%.3f", row.ratio()) : "",
            both ? String.format(Locale.ROOT, "%.3f .. %.3f", row.low(), row.high()) : "",
            both ? String.format(Locale.ROOT, "%.3f", row.limit()) : "",
            row.base() == null ? "" : time(row.base().cost()),
            row.head() == null ? "" : time(row.head().cost()),
            bytes(row),
            row.any().shortName()
        };
    }

    private static String bytes(Row row) {
        double base = row.base() == null ? Double.NaN : row.base().bytes();
        double head = row.head() == null ? Double.NaN : row.head().bytes();
        return Double.isNaN(base) || Double.isNaN(head) ? ""
                : Math.abs(base - head) < 1 ? String.format(Locale.ROOT, "%.0f", head) : String.format(Locale.ROOT, "%.0f -> %.0f", base, head);
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String time(double nanoseconds) {
        double size = Math.abs(nanoseconds);
        return size < 1e3 ? String.format(Locale.ROOT, "%.4g ns", nanoseconds)
                : size < 1e6 ? String.format(Locale.ROOT, "%.4g us", nanoseconds / 1e3)
                : size < 1e9 ? String.format(Locale.ROOT, "%.4g ms", nanoseconds / 1e6) : String.format(Locale.ROOT, "%.4g s", nanoseconds / 1e9);
    }
}

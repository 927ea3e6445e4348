package hesse.measure;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as a table for a terminal, as Markdown for a pull request, or as JSON. */
public final class ComparisonReport {
    private static final String[] HEADINGS =
            {"verdict", "head/base", "95 % interval", "limit", "base", "head", "bytes", "benchmark"};

    private final Comparison comparison;

    public ComparisonReport(Comparison comparison) {
        this.comparison = comparison;
    }

    /** The table for a terminal, and the gate's answer below it. */
    public String text() {
        List<String[]> lines = new ArrayList<>();
        lines.add(HEADINGS);
        comparison.judgements().forEach(judgement -> lines.add(cells(judgement)));
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            for (int j = 0; j + 1 < line.length; j++) {
                int width = width(lines, j);
                text.append(j == 0 ? line[j] + " ".repeat(width - line[j].length())
                        : " ".repeat(2 + width - line[j].length()) + line[j]);
            }
            text.append("  ").append(line[line.length - 1]).append('\n');
        }
        return text.append('\n').append(verdict()).append('\n').toString();
    }

    private static int width(List<String[]> lines, int column) {
        return lines.stream().mapToInt(line -> line[column].length()).max().orElse(0);
    }

    /** The gate's answer, what changed, and all benchmarks folded away. */
    public String markdown() {
        StringBuilder text = new StringBuilder("### Performance: ").append(verdict()).append("\n\n");
        List<Judgement> changed = comparison.judgements().stream()
                .filter(judgement -> judgement.verdict() != Verdict.SAME).toList();
        if (!changed.isEmpty()) {
            table(text, changed);
            text.append('\n');
        }
        text.append("<details><summary>all benchmarks</summary>\n\n");
        table(text, comparison.judgements());
        return text.append("\n</details>\n").toString();
    }

    private static void table(StringBuilder text, List<Judgement> judgements) {
        text.append('|').append(String.join("|", HEADINGS)).append("|\n|---|--:|--:|--:|--:|--:|--:|---|\n");
        judgements.forEach(judgement -> text.append('|').append(String.join("|", cells(judgement))).append("|\n"));
    }

    /** Every figure, as an object {@code {"passed", "benchmarks": [...]}}; what is not finite is null. */
    public String json() throws IOException {
        List<Object> benchmarks = new ArrayList<>();
        for (Judgement judgement : comparison.judgements()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("benchmark", judgement.any().name());
            entry.put("params", judgement.any().parameters());
            entry.put("verdict", judgement.verdict().text());
            entry.put("fails", judgement.fails());
            entry.put("judgedBy", judgement.isOnBothSides() ? judgement.isOfFewForks() ? "iterations" : "forks" : null);
            entry.put("ratio", finite(judgement.ratio()));
            entry.put("low", finite(judgement.interval().low()));
            entry.put("high", finite(judgement.interval().high()));
            entry.put("limit", finite(judgement.limit()));
            entry.put("p", finite(judgement.interval().p()));
            entry.put("baseNanoseconds", judgement.base() == null ? null : judgement.base().cost());
            entry.put("headNanoseconds", judgement.head() == null ? null : judgement.head().cost());
            entry.put("baseBytes", judgement.base() == null ? null : finite(judgement.base().bytes()));
            entry.put("headBytes", judgement.head() == null ? null : finite(judgement.head().bytes()));
            benchmarks.add(entry);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("passed", !comparison.fails());
        all.put("benchmarks", benchmarks);
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).with(JSON.Feature.WRITE_NULL_PROPERTIES)
                .asString(all) + "\n";
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    /** The gate's answer in a line, and why. */
    private String verdict() {
        StringBuilder text = new StringBuilder(comparison.fails() ? "FAILED" : "passed");
        String separator = ": ";
        for (Verdict verdict : Verdict.values()) {
            long count = comparison.judgements().stream().filter(judgement -> judgement.verdict() == verdict).count();
            if (count > 0) {
                boolean allowed = verdict == Verdict.MISSING && comparison.judgements().stream()
                        .noneMatch(judgement -> judgement.verdict() == verdict && judgement.fails());
                text.append(separator).append(count).append(' ').append(verdict.text())
                        .append(allowed ? " (allowed)" : "");
                separator = ", ";
            }
        }
        long few = comparison.judgements().stream().filter(Judgement::isOfFewForks).count();
        if (few > 0) {
            text.append(String.format(Locale.ROOT,
                    "; %d of fewer than %d forks on a side: judged by iterations, to a limit %.1f times as wide",
                    few, RatioInterval.FORKS, Comparison.WIDER));
        }
        long unjudged = comparison.judgements().stream()
                .filter(judgement -> judgement.verdict() == Verdict.UNJUDGED && judgement.isOfFewForks()).count();
        text.append(unjudged == 0 ? "" : ", or unjudged where there are fewer than " + Comparison.ITERATIONS
                + " iterations");
        long unmeasured = comparison.judgements().stream().filter(Judgement::isOnBothSides)
                .filter(judgement -> Double.isNaN(judgement.base().bytes()) || Double.isNaN(judgement.head().bytes()))
                .count();
        return text.append(unmeasured == 0 ? "" : "; allocation not gated in " + unmeasured
                + " (run JMH with -prof gc)").toString();
    }

    private static String[] cells(Judgement judgement) {
        boolean both = judgement.isOnBothSides();
        RatioInterval interval = judgement.interval();
        return new String[] {
            judgement.verdict().text(),
            both ? String.format(Locale.ROOT, "%.3f", judgement.ratio()) : "",
            both ? String.format(Locale.ROOT, "%.3f .. %.3f", interval.low(), interval.high()) : "",
            both ? String.format(Locale.ROOT, "%.3f", judgement.limit()) : "",
            judgement.base() == null ? "" : time(judgement.base().cost()),
            judgement.head() == null ? "" : time(judgement.head().cost()),
            bytes(judgement),
            judgement.any().shortName()
        };
    }

    private static String bytes(Judgement judgement) {
        double base = judgement.base() == null ? Double.NaN : judgement.base().bytes();
        double head = judgement.head() == null ? Double.NaN : judgement.head().bytes();
        if (Double.isNaN(base) || Double.isNaN(head)) {
            return "";
        }
        boolean same = Math.abs(base - head) < 1;
        return String.format(Locale.ROOT, "%s%.0f", same ? "" : String.format(Locale.ROOT, "%.0f -> ", base), head);
    }

    private static String time(double nanoseconds) {
        double size = Math.abs(nanoseconds);
        return size < 1e3 ? String.format(Locale.ROOT, "%.4g ns", nanoseconds)
                : size < 1e6 ? String.format(Locale.ROOT, "%.4g us", nanoseconds / 1e3)
                : size < 1e9 ? String.format(Locale.ROOT, "%.4g ms", nanoseconds / 1e6)
                : String.format(Locale.ROOT, "%.4g s", nanoseconds / 1e9);
    }
}

package hesse.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A run's results as times by class, parameters and method, and as the Markdown of its {@code summary.md}. */
public final class RunSummary {
    /**
     * One method with one choice of its parameters.
     *
     * @param microseconds of an operation: the median over forks of their medians
     * @param bytes that an operation allocates; NaN where allocation was not measured
     */
    private record Figures(double microseconds, double bytes) {}

    private RunSummary() {}

    /**
     * Medians of a run in microseconds: by class (without "Benchmark"), then parameters, then method.
     *
     * @param results of the run's {@code jmh.json}
     */
    public static Map<String, Map<String, Map<String, Double>>> times(List<?> results) {
        Map<String, Map<String, Map<String, Double>>> times = new TreeMap<>();
        for (Object item : results) {
            Map<?, ?> result = (Map<?, ?>) item;
            String[] name = name(result);
            times.computeIfAbsent(className(name).replace("Benchmark", ""), key -> new LinkedHashMap<>())
                    .computeIfAbsent(parameters(result), key -> new LinkedHashMap<>())
                    .put(method(name), figures(result).microseconds);
        }
        return times;
    }

    /**
     * A table a class: a row a choice of parameters, a column a method, in brackets the time over that of the method
     * {@code simd}, where there is one.
     *
     * @param env the run's {@code env.json}
     * @param results the run's {@code jmh.json}
     */
    static String markdown(Map<String, Object> env, List<?> results) {
        Map<String, Map<String, Map<String, Figures>>> classes = new TreeMap<>();
        for (Object item : results) {
            Map<?, ?> result = (Map<?, ?>) item;
            String[] name = name(result);
            classes.computeIfAbsent(className(name), key -> new LinkedHashMap<>())
                    .computeIfAbsent(parameters(result), key -> new LinkedHashMap<>())
                    .put(method(name), figures(result));
        }
        StringBuilder text = new StringBuilder("# Run of " + env.get("date") + ", " + env.get("git") + "\n\n"
                + env.get("cpu") + ", " + env.get("cores") + " cores, JDK " + env.get("jdk") + ", " + env.get("forks")
                + " forks, one thread. Microseconds, median of the forks' medians; in brackets the time as a multiple"
                + " of simd's in the same run.\n");
        classes.forEach((name, rows) -> table(text, name, rows));
        return text.toString();
    }

    private static void table(StringBuilder text, String name, Map<String, Map<String, Figures>> rows) {
        List<String> methods = List.copyOf(rows.values().iterator().next().keySet());
        text.append("\n## ").append(name.replace("Benchmark", "")).append("\n| |").append(String.join("|", methods))
                .append("|bytes allocated by simd|\n|").append("---|".repeat(methods.size() + 2)).append('\n');
        rows.forEach((row, cells) -> {
            Figures simd = cells.get("simd");
            text.append('|').append(row).append('|');
            for (String method : methods) {
                double time = cells.get(method).microseconds;
                text.append(String.format(Locale.ROOT, "%.4g", time));
                boolean alone = simd == null || method.equals("simd");
                text.append(alone ? "|" : String.format(Locale.ROOT, " (%.2f)|", time / simd.microseconds));
            }
            text.append(simd == null ? "|\n" : String.format(Locale.ROOT, "%.0f|%n", simd.bytes));
        });
    }

    /** Package, class and method, split at the dots. */
    private static String[] name(Map<?, ?> result) {
        return result.get("benchmark").toString().split("\\.");
    }

    private static String className(String[] name) {
        return name[name.length - 2];
    }

    private static String method(String[] name) {
        return name[name.length - 1];
    }

    /** The values of a result's parameters. */
    private static String parameters(Map<?, ?> result) {
        return result.get("params") instanceof Map<?, ?> given
                ? String.join(" ", given.values().stream().map(Object::toString).toList()) : "";
    }

    private static Figures figures(Map<?, ?> result) {
        Map<?, ?> primary = (Map<?, ?>) result.get("primaryMetric");
        double bytes = result.get("secondaryMetrics") instanceof Map<?, ?> secondary
                && secondary.get("gc.alloc.rate.norm") instanceof Map<?, ?> allocated
                ? number(allocated.get("score")) : Double.NaN;
        return new Figures(median((List<?>) primary.get("rawData")), bytes);
    }

    private static double median(List<?> forks) {
        return Quantile.median(forks.stream().mapToDouble(fork -> Quantile.median(((List<?>) fork).stream()
                .mapToDouble(RunSummary::number).toArray())).toArray());
    }

    private static double number(Object value) {
        return Double.parseDouble(value.toString());
    }
}

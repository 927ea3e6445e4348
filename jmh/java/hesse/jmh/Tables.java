package hesse.jmh;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.cli.Measurements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs as Markdown: a run's summary, the README's tables, the list of all runs. */
final class Tables {
    private static final String BEGIN = "<!-- tables of a run, by hesse.jmh.Record -->";
    private static final String END = "<!-- end of tables -->";

    private Tables() {}

    /** Medians of a run in microseconds: class, then parameters, then method. */
    static Map<String, Map<String, Map<String, Double>>> times(Path folder) throws IOException {
        Map<String, Map<String, Map<String, Double>>> run = new TreeMap<>();
        for (Object item : JSON.std.listFrom(Files.readString(folder.resolve("jmh.json")))) {
            Map<?, ?> result = (Map<?, ?>) item;
            String[] name = result.get("benchmark").toString().split("\\.");
            run.computeIfAbsent(name[name.length - 2].replace("Benchmark", ""), key -> new LinkedHashMap<>())
                    .computeIfAbsent(parameters(result), key -> new LinkedHashMap<>())
                    .put(name[name.length - 1], median((List<?>) ((Map<?, ?>) result.get("primaryMetric")).get("rawData")));
        }
        return run;
    }

    /** The list of runs in results/README.md. */
    static void index() throws IOException {
        StringBuilder list = new StringBuilder("\n|run|commit|CPU|JDK|benchmarks|\n|---|---|---|---|--:|\n");
        try (Stream<Path> runs = Files.list(Path.of("results/runs"))) {
            for (Path run : runs.sorted().toList()) {
                Map<String, Object> env = JSON.std.mapFrom(Files.readString(run.resolve("env.json")));
                int count = JSON.std.listFrom(Files.readString(run.resolve("jmh.json"))).size();
                String what = env.get("command").toString().replaceFirst(".*Record ?", "").replace("|", "\\|");
                list.append(String.format("|[%s](runs/%s/summary.md)|%s%s|%s|%s|%d|%n", what.isEmpty() ? "all" : what, run.getFileName(), env.get("git"),
                        env.get("dirty").equals(true) ? " (with changes)" : "", env.get("cpu"), env.get("jdk"), count));
            }
        }
        replace(Path.of("results/README.md"), list.toString());
    }

    private static void replace(Path file, String between) throws IOException {
        String text = Files.readString(file);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(file, text.substring(0, from) + between + text.substring(text.indexOf(END)));
    }

    /** Replaces what stands between the markers by the tables of runs, of a class in several runs the last. */
    static void readme(List<String> folders) throws IOException {
        Map<String, String> tables = new TreeMap<>();
        StringBuilder sources = new StringBuilder("Microseconds, median of the forks' medians; in brackets the time as a multiple of simd's in the same run. Runs:");
        for (String folder : folders) {
            String[] sections = Files.readString(Path.of(folder, "summary.md")).split("\n## ");
            for (int i = 1; i < sections.length; i++) {
                tables.put(sections[i].lines().findFirst().orElseThrow(), sections[i].strip());
            }
            sources.append("\n- [").append(Path.of(folder).getFileName()).append("](").append(folder).append("/summary.md): ")
                    .append(sections[0].strip().lines().toList().getLast().replaceFirst(" Microseconds.*", ""));
        }
        StringBuilder all = new StringBuilder("\n").append(sources).append('\n');
        tables.values().forEach(table -> all.append("\n### ").append(table).append('\n'));
        replace(Path.of("README.md"), all.toString());
    }

    /** A table a class: a row a parameter value, a column a method, medians over forks, and how many times Hesse's time each takes. */
    static String summary(Map<String, Object> env, List<Object> results) {
        Map<String, Map<String, Map<String, double[]>>> classes = new TreeMap<>();
        for (Object item : results) {
            Map<?, ?> result = (Map<?, ?>) item;
            String[] name = result.get("benchmark").toString().split("\\.");
            String row = parameters(result);
            Map<?, ?> primary = (Map<?, ?>) result.get("primaryMetric");
            Map<?, ?> secondary = (Map<?, ?>) result.get("secondaryMetrics");
            Map<?, ?> allocated = secondary == null ? null : (Map<?, ?>) secondary.get("gc.alloc.rate.norm");
            double bytes = allocated == null ? Double.NaN : Double.parseDouble(allocated.get("score").toString());
            classes.computeIfAbsent(name[name.length - 2], key -> new LinkedHashMap<>()).computeIfAbsent(row, key -> new LinkedHashMap<>())
                    .put(name[name.length - 1], new double[] {median((List<?>) primary.get("rawData")), bytes});
        }
        StringBuilder text = new StringBuilder("# Run of " + env.get("date") + ", " + env.get("git") + "\n\n" + env.get("cpu") + ", "
                + env.get("cores") + " cores, JDK " + env.get("jdk") + ", " + env.get("forks") + " forks, one thread. Microseconds, median of "
                + "the forks' medians; in brackets the time as a multiple of simd's in the same run.\n");
        classes.forEach((name, rows) -> table(text, name, rows));
        return text.toString();
    }

    /** The values of a result's parameters. */
    static String parameters(Map<?, ?> result) {
        return result.get("params") instanceof Map<?, ?> given ? String.join(" ", given.values().stream().map(Object::toString).toList()) : "";
    }

    private static void table(StringBuilder text, String name, Map<String, Map<String, double[]>> rows) {
        List<String> methods = List.copyOf(rows.values().iterator().next().keySet());
        text.append("\n## ").append(name.replace("Benchmark", "")).append("\n| |").append(String.join("|", methods)).append("|bytes allocated by simd|\n|")
                .append("---|".repeat(methods.size() + 2)).append('\n');
        rows.forEach((row, cells) -> {
            double[] ours = cells.get("simd");
            text.append('|').append(row).append('|');
            for (String method : methods) {
                double time = cells.get(method)[0];
                text.append(String.format(Locale.ROOT, "%.4g", time));
                text.append(ours == null || method.equals("simd") ? "|" : String.format(Locale.ROOT, " (%.2f)|", time / ours[0]));
            }
            text.append(ours == null ? "|\n" : String.format(Locale.ROOT, "%.0f|%n", ours[1]));
        });
    }

    static double median(List<?> forks) {
        double[] medians = forks.stream().mapToDouble(fork -> Measurements.middle(((List<?>) fork).stream().mapToDouble(v -> Double.parseDouble(v.toString())).toArray()))
                .toArray();
        return Measurements.middle(medians);
    }
}

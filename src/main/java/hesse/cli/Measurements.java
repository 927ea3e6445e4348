package hesse.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What JMH measured, read from the JSON of any project's runs: by benchmark and parameters, fork by fork. */
public final class Measurements {
    /** The secondary metric of {@code -prof gc}. */
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /**
     * One benchmark with its parameters.
     *
     * @param name package, class and method
     * @param forks costs of an operation, by fork and iteration: in nanoseconds, whatever the mode
     * @param bytes allocated by an operation in the most frugal iteration; NaN where it was not measured
     */
    record Benchmark(String name, String parameters, double[][] forks, double bytes) {
        String key() {
            return parameters.isEmpty() ? name : name + " " + parameters;
        }

        /** The method without its package, and the parameters. */
        String shortName() {
            return key().replaceFirst("^([a-z_][\\w]*\\.)+(?=[A-Z])", "");
        }

        double cost() {
            return Measurements.cost(forks);
        }
    }

    private final Map<String, Benchmark> benchmarks = new TreeMap<>();

    private Measurements() {}

    /**
     * Reads JMH's JSON: a file, or all of a folder and below, whose forks add up.
     *
     * @throws IllegalArgumentException where there is none, or a file is none of JMH's
     */
    static Measurements read(Path path) throws IOException {
        Measurements all = new Measurements();
        for (Path file : files(path)) {
            all.add(file);
        }
        return all;
    }

    /** The JSON files of JMH at a path, in the order of their names. */
    static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> files = walk.filter(file -> file.toString().endsWith(".json") && !file.endsWith("env.json")).sorted().toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException(path + ": no .json file of JMH's in this folder");
            }
            return files;
        }
    }

    /** Those whose key contains a match; all where there is nothing to match. */
    Measurements only(String regex) {
        if (regex != null) {
            Pattern pattern = Pattern.compile(regex);
            benchmarks.keySet().removeIf(key -> !pattern.matcher(key).find());
        }
        return this;
    }

    Map<String, Benchmark> benchmarks() {
        return benchmarks;
    }

    private void add(Path file) throws IOException {
        List<Object> entries;
        try {
            entries = JSON.std.listFrom(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": not a JSON list as JMH writes it with -rf json", e);
        }
        for (Object entry : entries) {
            Benchmark next;
            try {
                next = benchmark((Map<?, ?>) entry);
            } catch (ClassCastException | NullPointerException | NumberFormatException e) {
                throw new IllegalArgumentException(file + ": not a result as JMH writes it with -rf json", e);
            }
            benchmarks.merge(next.key(), next, (a, b) -> new Benchmark(a.name, a.parameters,
                    Stream.of(a.forks, b.forks).flatMap(Arrays::stream).toArray(double[][]::new), Math.min(a.bytes, b.bytes)));
        }
    }

    private static Benchmark benchmark(Map<?, ?> entry) {
        Map<?, ?> primary = (Map<?, ?>) entry.get("primaryMetric");
        String unit = primary.get("scoreUnit").toString();
        double[][] forks = primary.containsKey("rawDataHistogram")
                ? forks((List<?>) primary.get("rawDataHistogram"), fork -> ((List<?>) fork).stream().mapToDouble(i -> middle((List<?>) i)).toArray())
                : forks((List<?>) primary.get("rawData"), Measurements::numbers);
        for (double[] fork : forks) {
            for (int i = 0; i < fork.length; i++) {
                fork[i] = unit.startsWith("ops/") ? nanos(unit.substring(4)) / fork[i] : fork[i] * nanos(unit.substring(0, unit.indexOf('/')));
            }
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (entry.get("params") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> parameters.put(name.toString(), value));
        }
        Map<?, ?> metrics = (Map<?, ?>) entry.get("secondaryMetrics");
        Map<?, ?> allocation = metrics == null ? null : (Map<?, ?>) metrics.get(ALLOCATION);
        double bytes = allocation == null ? Double.NaN
                : Arrays.stream(forks((List<?>) allocation.get("rawData"), Measurements::numbers)).flatMapToDouble(Arrays::stream).min().orElse(Double.NaN);
        String mode = entry.get("mode").toString();
        return new Benchmark(entry.get("benchmark").toString(),
                String.join(" ", parameters.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList())
                        + (mode.equals("avgt") ? "" : (parameters.isEmpty() ? "" : " ") + "(" + mode + ")"),
                forks, bytes);
    }

    private static double[][] forks(List<?> data, Function<Object, double[]> fork) {
        return data.stream().map(fork).toArray(double[][]::new);
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(value -> Double.parseDouble(value.toString())).toArray();
    }

    private static double nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "min" -> 60e9;
            case "hr" -> 3600e9;
            case "day" -> 86400e9;
            default -> throw new NumberFormatException("unit " + unit);
        };
    }

    /** The median of an iteration's histogram of [value, count]. */
    private static double middle(List<?> histogram) {
        List<double[]> pairs = new ArrayList<>(histogram.stream().map(Measurements::numbers).toList());
        pairs.sort((a, b) -> Double.compare(a[0], b[0]));
        double half = pairs.stream().mapToDouble(pair -> pair[1]).sum() / 2;
        double seen = 0;
        for (double[] pair : pairs) {
            seen += pair[1];
            if (seen >= half) {
                return pair[0];
            }
        }
        throw new NumberFormatException("an empty histogram");
    }

    /**
     * The lower quartile over forks of the fastest iteration of each: neighbours and interrupts only ever add time, so that this hears
     * what the code does where medians hear the machine ({@code results/experiments/gate.md}).
     */
    static double cost(double[][] forks) {
        return lowerQuartile(Arrays.stream(forks).mapToDouble(fork -> Arrays.stream(fork).min().orElseThrow()).toArray());
    }

    /** Between two values by its distance from both. */
    static double lowerQuartile(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = 0.25 * (sorted.length - 1);
        int below = (int) at;
        return sorted[below] + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }

    /** The median. */
    public static double middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    }
}

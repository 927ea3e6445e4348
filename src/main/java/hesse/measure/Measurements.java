package hesse.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What JMH measured, read from the JSON of any project's runs: by benchmark and parameters, fork by fork. */
public final class Measurements {
    /**
     * One benchmark with its parameters.
     *
     * @param name package, class and method
     * @param forks costs of an operation, by fork and iteration: in nanoseconds, whatever the mode
     * @param parameters, and mode, threads and batch where these are not average time, 1 and 1
     * @param bytes allocated by an operation in the most frugal iteration; NaN where it was not measured
     * @param jvmArguments those of its forks, a list for each that differs; empty where they are not known
     */
    record Benchmark(String name, String parameters, double[][] forks, double bytes, Set<List<String>> jvmArguments) {
        /** The forks of both. */
        Benchmark and(Benchmark other) {
            return new Benchmark(name, parameters, Stream.of(forks, other.forks).flatMap(Arrays::stream).toArray(double[][]::new),
                    Double.isNaN(bytes) ? other.bytes : Double.isNaN(other.bytes) ? bytes : Math.min(bytes, other.bytes),
                    Stream.of(jvmArguments, other.jvmArguments).flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new)));
        }

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
     * @param only what the keys of benchmarks contain; others are passed over unread
     * @throws IllegalArgumentException where there is none, or a file is none of JMH's
     */
    static Measurements read(Path path, Pattern only) throws IOException {
        Measurements all = new Measurements();
        for (Path file : files(path)) {
            all.add(file, only);
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

    Map<String, Benchmark> benchmarks() {
        return benchmarks;
    }

    private void add(Path file, Pattern only) throws IOException {
        String text = UserFile.read(file);
        List<Object> entries;
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            entries = JSON.std.listFrom(parser);
            if (entries == null || parser.nextToken() != null) {
                throw new IllegalArgumentException(file + ": not one JSON list as JMH writes it with -rf json");
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": not a JSON list as JMH writes it with -rf json", e);
        }
        for (Object entry : entries) {
            JmhResult result = JmhResult.of(file.toString(), entry);
            if (only.matcher(result.key()).find()) {
                benchmarks.merge(result.key(), result.benchmark(), Benchmark::and);
            }
        }
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

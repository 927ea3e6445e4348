package hesse.measure;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What JMH measured, read from the JSON of any project's runs: by benchmark and parameters, fork by fork. */
public final class Measurements {
    private final Map<String, Benchmark> benchmarks = new TreeMap<>();

    private Measurements() {}

    /**
     * Reads JMH's JSON: a file, or all of a folder and below, whose forks add up.
     *
     * @param only what the key of a benchmark must contain; the others are not looked into
     * @throws IllegalArgumentException where there is no file, or one is not as JMH writes it
     */
    public static Measurements read(Path path, Pattern only) throws IOException {
        Measurements all = new Measurements();
        for (Path file : files(path)) {
            all.add(file, only);
        }
        return all;
    }

    /** The JSON files of JMH at a path, in the order of their names. */
    public static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> files = walk.filter(file -> file.toString().endsWith(".json") && !file.endsWith("env.json"))
                    .sorted().toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException(path + ": no .json file of JMH's in this folder");
            }
            return files;
        }
    }

    /** Benchmarks by {@link Benchmark#key()}, in the order of the keys. */
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
}

package hesse.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up results of JMH in files of a folder, and {@code hesse compare} on them. */
record JmhFiles(Path folder) {
    static final Map<String, String> NONE = Map.of();

    /** A result as JMH writes it. */
    static Map<String, Object> result(String name, Map<String, String> params, String mode, String unit,
            double bytes, double[]... forks) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("benchmark", name);
        entry.put("mode", mode);
        if (!params.isEmpty()) {
            entry.put("params", params);
        }
        entry.put("primaryMetric", Map.of("score", 1, "scoreUnit", unit, "rawData", forks));
        entry.put("secondaryMetrics", Double.isNaN(bytes) ? Map.of()
                : Map.of("gc.alloc.rate.norm",
                        Map.of("scoreUnit", "B/op", "rawData", new double[][] {{bytes, bytes + 3}})));
        return entry;
    }

    static double[][] forks(int count, double cost, double noise, Random random) {
        return IntStream.range(0, count).mapToObj(k -> {
            double fork = cost * (1 + noise * random.nextGaussian());
            return random.doubles(5, 0.99 * fork, 1.01 * fork).toArray();
        }).toArray(double[][]::new);
    }

    static CommandRun compare(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        Arrays.stream(arguments).map(Object::toString).forEach(all::add);
        return CommandRun.of(all.toArray(String[]::new));
    }

    static Map<String, Object> with(Map<String, Object> result, Map<String, ?> entries) {
        result.putAll(entries);
        return result;
    }

    Path file(String name, Object... results) throws IOException {
        return Files.writeString(folder.resolve(name), JSON.std.asString(List.of(results)));
    }
}

package hesse.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * One entry of JMH's JSON as a {@link Benchmark}. A time or rate that is not positive and finite was not measured: it
 * is refused, since whatever it is compared with would pass.
 */
final class JmhResult {
    /**
     * The metric of {@code -prof gc}; before JMH 1.37 its name began with a middle dot, which may have been read in a
     * wrong encoding, so that names are compared by their end.
     */
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final String file;
    private final Map<?, ?> entry;
    private final String name;

    private JmhResult(String file, Map<?, ?> entry, String name) {
        this.file = file;
        this.entry = entry;
        this.name = name;
    }

    /**
     * An entry of the list in a file.
     *
     * @throws IllegalArgumentException where it is not as JMH writes it, naming file and benchmark
     */
    static JmhResult of(String file, Object entry) {
        if (!(entry instanceof Map<?, ?> map) || !(map.get("benchmark") instanceof String name)
                || !(map.get("primaryMetric") instanceof Map)) {
            throw new IllegalArgumentException(file + ": not a result as JMH writes it with -rf json");
        }
        return new JmhResult(file, map, name);
    }

    /** Name, parameters and how it was run. */
    String key() {
        return conditions().isEmpty() ? name : name + " " + conditions();
    }

    /**
     * The parameters, and mode, threads and batch size where they are not average time, 1 and 1: results that differ in
     * any of these are of two benchmarks.
     */
    private String conditions() {
        List<String> conditions = new ArrayList<>();
        if (entry.get("params") instanceof Map<?, ?> parameters) {
            parameters.forEach((parameter, value) -> conditions.add(parameter + "=" + value));
        }
        String mode = String.valueOf(entry.get("mode"));
        if (!mode.equals("avgt")) {
            conditions.add("(" + mode + ")");
        }
        count(conditions, "threads", "threads");
        count(conditions, "measurementBatchSize", "calls a batch");
        return String.join(" ", conditions);
    }

    private void count(List<String> conditions, String key, String unit) {
        Object value = entry.get(key);
        if (value != null && !value.toString().equals("1")) {
            conditions.add("(" + value + " " + unit + ")");
        }
    }

    Benchmark benchmark() {
        Set<List<String>> jvmArguments = entry.get("jvmArgs") instanceof List<?> arguments
                ? Set.of(arguments.stream().map(String::valueOf).toList()) : Set.of();
        return new Benchmark(name, conditions(), forks(), bytes(), jvmArguments);
    }

    /** Nanoseconds an operation, by fork and iteration. */
    private double[][] forks() {
        Map<?, ?> primary = (Map<?, ?>) entry.get("primaryMetric");
        String unit = String.valueOf(primary.get("scoreUnit"));
        DoubleUnaryOperator nanoseconds = nanoseconds(unit);
        boolean histogram = primary.containsKey("rawDataHistogram");
        String data = histogram ? "rawDataHistogram" : "rawData";
        List<?> forks = list(primary.get(data), data, "a list of forks");
        double[][] costs = new double[forks.size()][];
        for (int k = 0; k < costs.length; k++) {
            List<?> iterations = list(forks.get(k), data, "a list of iterations for each fork");
            costs[k] = new double[iterations.size()];
            for (int i = 0; i < costs[k].length; i++) {
                double measured = histogram ? middle(iterations.get(i)) : number(iterations.get(i));
                costs[k][i] = nanoseconds.applyAsDouble(measured);
                if (!(measured > 0 && costs[k][i] > 0 && costs[k][i] < Double.POSITIVE_INFINITY)) {
                    throw refused(data + " holds " + iterations.get(i) + " " + unit + ", expected positive numbers");
                }
            }
        }
        return costs;
    }

    private List<?> list(Object value, String data, String expected) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            return list;
        }
        throw refused(data + " holds " + value + ", expected " + expected);
    }

    /** The function from times or rates in a unit to nanoseconds. */
    private DoubleUnaryOperator nanoseconds(String unit) {
        String[] parts = unit.split("/", -1);
        boolean rate = parts.length == 2 && parts[0].equals("ops");
        double factor = parts.length != 2 ? Double.NaN : switch (rate ? parts[1] : parts[0]) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "min" -> 60e9;
            case "hr" -> 3600e9;
            case "day" -> 86400e9;
            default -> Double.NaN;
        };
        if (Double.isNaN(factor)) {
            throw refused("unit \"" + unit + "\", expected one such as ns/op or ops/s (ns us ms s min hr day)");
        }
        return rate ? measured -> factor / measured : measured -> factor * measured;
    }

    /** The median of an iteration's histogram of [value, count]. */
    private double middle(Object histogram) {
        List<double[]> pairs = new ArrayList<>();
        for (Object pair : list(histogram, "rawDataHistogram", "[value, count] pairs for each iteration")) {
            if (!(pair instanceof List<?> numbers && numbers.size() == 2)) {
                throw refused("rawDataHistogram holds " + pair + ", expected [value, count] pairs");
            }
            pairs.add(numbers.stream().mapToDouble(this::number).toArray());
        }
        pairs.sort((a, b) -> Double.compare(a[0], b[0]));
        double half = pairs.stream().mapToDouble(pair -> pair[1]).sum() / 2;
        double seen = 0;
        for (double[] pair : pairs) {
            seen += pair[1];
            if (seen >= half && pair[1] > 0) {
                return pair[0];
            }
        }
        return Double.NaN;
    }

    /** Bytes that an operation allocates in the most frugal iteration; NaN where no iteration measured it. */
    private double bytes() {
        if (!(entry.get("secondaryMetrics") instanceof Map<?, ?> metrics)) {
            return Double.NaN;
        }
        Map<String, Object> named = new LinkedHashMap<>();
        metrics.forEach((metric, value) -> named.put(String.valueOf(metric), value));
        Object allocation = named.getOrDefault(ALLOCATION,
                named.entrySet().stream().filter(metric -> metric.getKey().endsWith(ALLOCATION))
                        .map(Map.Entry::getValue).findFirst().orElse(null));
        if (!(allocation instanceof Map<?, ?> metric && metric.get("rawData") instanceof List<?> forks)) {
            return Double.NaN;
        }
        return forks.stream().flatMap(fork -> fork instanceof List<?> iterations ? iterations.stream() : null)
                .mapToDouble(this::number).filter(bytes -> bytes >= 0 && bytes < Double.POSITIVE_INFINITY)
                .min().orElse(Double.NaN);
    }

    /** JMH writes what is not finite as "NaN", "+INF" and "-INF". */
    private double number(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case null -> Double.NaN;
            default -> switch (value.toString()) {
                case "NaN" -> Double.NaN;
                case "+INF", "INF", "Infinity" -> Double.POSITIVE_INFINITY;
                case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw refused("\"" + value + "\" is no number");
            };
        };
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException(file + ": " + key() + ": " + reason);
    }
}

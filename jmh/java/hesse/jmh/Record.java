package hesse.jmh;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.Hesse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks and records them: {@code java -cp target/jmh/benchmarks.jar hesse.jmh.Record [REGEX]} writes
 * {@code results/runs/DATE_CPU_JDK_SHA/{jmh.json,env.json,summary.md}}; {@code Record --from FILE SHA} records a JMH result
 * that is there already, made at a commit. Three forks, one thread, allocation profiled.
 */
public final class Record {
    private static final List<String> JVM = List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Dhesse.threads=1");

    private Record() {}

    public static void main(String[] args) throws IOException, RunnerException {
        Map<String, Object> env = environment();
        boolean made = args.length == 3 && args[0].equals("--from");
        if (made) {
            env.put("git", args[2]);
            env.put("dirty", false);
        }
        Path folder = Path.of("results/runs", String.join("_", LocalDate.now().toString(), slug(env.get("cpu")), "jdk" + slug(env.get("jdk")),
                slug(env.get("git"))));
        Files.createDirectories(folder);
        Path json = folder.resolve("jmh.json");
        if (made) {
            Files.copy(Path.of(args[1]), json);
        } else {
            new Runner(options(args.length == 0 ? "hesse.jmh" : args[0], json)).run();
        }
        Files.writeString(json, Files.readString(json).replaceAll("\"jvm\" : \"[^\"]*\"", "\"jvm\" : \"java\""));
        List<Object> results = JSON.std.listFrom(Files.readString(json));
        Map<?, ?> first = (Map<?, ?>) results.get(0);
        env.put("jvmArguments", first.get("jvmArgs"));
        env.put("forks", first.get("forks"));
        Files.writeString(folder.resolve("env.json"), JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(env) + "\n");
        Files.writeString(folder.resolve("summary.md"), summary(env, results));
        System.out.println("written to " + folder);
    }

    private static Options options(String regex, Path json) {
        return new OptionsBuilder().include(regex).forks(3).warmupIterations(3).warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(5).measurementTime(TimeValue.milliseconds(500)).addProfiler(GCProfiler.class)
                .jvmArgsAppend(JVM.toArray(String[]::new)).resultFormat(ResultFormatType.JSON).result(json.toString()).build();
    }

    private static Map<String, Object> environment() throws IOException {
        Map<String, Object> env = new LinkedHashMap<>();
        String cpu = "unknown CPU";
        Path info = Path.of("/proc/cpuinfo");
        if (Files.exists(info)) {
            cpu = Files.readAllLines(info).stream().filter(line -> line.startsWith("model name")).map(line -> line.split(":")[1].strip())
                    .findFirst().orElse(cpu);
        }
        env.put("cpu", cpu);
        env.put("cores", Runtime.getRuntime().availableProcessors());
        env.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        env.put("jdk", System.getProperty("java.runtime.version"));
        env.put("vm", System.getProperty("java.vm.name"));
        env.put("runtime", Hesse.runtime().toString());
        env.put("git", git("rev-parse", "--short", "HEAD"));
        env.put("dirty", !git("status", "--porcelain", "--untracked-files=no").isEmpty());
        env.put("date", LocalDate.now().toString());
        env.put("command", "java -cp target/jmh/benchmarks.jar hesse.jmh.Record");
        return env;
    }

    private static String git(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(args));
        return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static String slug(Object text) {
        return text.toString().replaceAll("[^A-Za-z0-9.+]+", "-");
    }

    /** A table a class: a row a parameter value, a column a method, medians over forks, and how many times Hesse's time each takes. */
    private static String summary(Map<String, Object> env, List<Object> results) {
        Map<String, Map<String, Map<String, double[]>>> classes = new TreeMap<>();
        for (Object item : results) {
            Map<?, ?> result = (Map<?, ?>) item;
            String[] name = result.get("benchmark").toString().split("\\.");
            Object params = result.get("params");
            String row = params == null ? "" : String.join(" ", ((Map<?, ?>) params).values().stream().map(Object::toString).toList());
            Map<?, ?> primary = (Map<?, ?>) result.get("primaryMetric");
            Map<?, ?> secondary = (Map<?, ?>) result.get("secondaryMetrics");
            Map<?, ?> allocated = secondary == null ? null : (Map<?, ?>) secondary.get("gc.alloc.rate.norm");
            double bytes = allocated == null ? Double.NaN : Double.parseDouble(allocated.get("score").toString());
            classes.computeIfAbsent(name[name.length - 2], key -> new LinkedHashMap<>()).computeIfAbsent(row, key -> new LinkedHashMap<>())
                    .put(name[name.length - 1], new double[] {median((List<?>) primary.get("rawData")), bytes});
        }
        StringBuilder text = new StringBuilder("# Run of " + env.get("date") + ", " + env.get("git") + "\n\n" + env.get("cpu") + ", "
                + env.get("cores") + " cores, JDK " + env.get("jdk") + ", " + env.get("forks") + " forks, one thread. Microseconds, median of "
                + "the forks' medians; in brackets the time as a multiple of Hesse's in the same run.\n");
        classes.forEach((name, rows) -> table(text, name, rows));
        return text.toString();
    }

    private static void table(StringBuilder text, String name, Map<String, Map<String, double[]>> rows) {
        List<String> methods = List.copyOf(rows.values().iterator().next().keySet());
        text.append("\n## ").append(name).append("\n| |").append(String.join("|", methods)).append("|bytes allocated by hesse|\n|")
                .append("---|".repeat(methods.size() + 2)).append('\n');
        rows.forEach((row, cells) -> {
            double[] ours = cells.get("hesse");
            text.append('|').append(row).append('|');
            for (String method : methods) {
                double time = cells.get(method)[0];
                text.append(String.format(Locale.ROOT, "%.4g", time));
                text.append(ours == null || method.equals("hesse") ? "|" : String.format(Locale.ROOT, " (%.2f)|", time / ours[0]));
            }
            text.append(ours == null ? "|\n" : String.format(Locale.ROOT, "%.0f|%n", ours[1]));
        });
    }

    private static double median(List<?> forks) {
        double[] medians = forks.stream().mapToDouble(fork -> middle(((List<?>) fork).stream().mapToDouble(v -> Double.parseDouble(v.toString())).toArray()))
                .toArray();
        return middle(medians);
    }

    private static double middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
    }
}

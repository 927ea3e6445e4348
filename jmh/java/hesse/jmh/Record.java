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
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks and records them: {@code java -cp target/jmh/benchmarks.jar hesse.jmh.Record [REGEX]} writes
 * {@code results/runs/DATE_CPU_JDK_SHA/{jmh.json,env.json,summary.md}}. Three forks, one thread where the method's name does not
 * say otherwise, allocation profiled. {@code Record --readme FOLDER...} puts the tables of runs into README.md.
 */
public final class Record {
    private static final int FORKS = 3;
    private static final List<String> JVM = List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Dhesse.threads=1");

    private static final String SCALAR = "\\.scalar(Plain)?$";

    private static final String BEGIN = "<!-- tables of a run, by hesse.jmh.Record -->";
    private static final String END = "<!-- end of tables -->";

    private Record() {}

    public static void main(String[] args) throws IOException, RunnerException {
        if (args.length > 1 && args[0].equals("--readme")) {
            readme(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        String regex = args.length == 0 ? "hesse.jmh" : args[0];
        Map<String, Object> env = environment(regex);
        Path folder = Path.of("results/runs", String.join("_", LocalDate.now().toString(), slug(env.get("cpu")), "jdk" + slug(env.get("jdk")),
                slug(env.get("git"))));
        Files.createDirectories(folder);
        Path json = folder.resolve("jmh.json");
        run(regex, json);
        Files.writeString(json, Files.readString(json).replaceAll("\"jvm\" : \"[^\"]*\"", "\"jvm\" : \"java\""));
        Files.writeString(folder.resolve("env.json"), JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(env) + "\n");
        Files.writeString(folder.resolve("summary.md"), summary(env, JSON.std.listFrom(Files.readString(json))));
        System.out.println("written to " + folder);
    }

    /** Replaces what stands between the markers by the tables of runs, of a class in several runs the last. */
    private static void readme(String[] folders) throws IOException {
        Path readme = Path.of("README.md");
        String text = Files.readString(readme);
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
        int from = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(readme, text.substring(0, from) + all + text.substring(text.indexOf(END)));
    }

    /** The scalar twins take up to seconds a call: one iteration of warm-up and measurement is enough for them. */
    private static void run(String regex, Path json) throws IOException, RunnerException {
        ChainedOptionsBuilder fast = options(regex, json).exclude(SCALAR).warmupIterations(2).measurementIterations(3);
        new Runner(fast.build()).run();
        List<Object> results = new ArrayList<>(JSON.std.listFrom(Files.readString(json)));
        ChainedOptionsBuilder slow = options(regex.equals("hesse.jmh") ? SCALAR : regex + ".*" + SCALAR, json).warmupIterations(1).measurementIterations(1);
        if (!new Runner(slow.build()).run().isEmpty()) {
            results.addAll(JSON.std.listFrom(Files.readString(json)));
        }
        Files.writeString(json, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(results) + "\n");
    }

    private static ChainedOptionsBuilder options(String regex, Path json) {
        return new OptionsBuilder().include(regex).forks(FORKS).warmupTime(TimeValue.milliseconds(400)).measurementTime(TimeValue.milliseconds(300))
                .addProfiler(GCProfiler.class).jvmArgs(JVM.toArray(String[]::new)).resultFormat(ResultFormatType.JSON).result(json.toString());
    }

    private static Map<String, Object> environment(String regex) throws IOException {
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
        env.put("command", "java -cp target/jmh/benchmarks.jar hesse.jmh.Record " + regex);
        env.put("jvmArguments", JVM);
        env.put("forks", FORKS);
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
                + "the forks' medians; in brackets the time as a multiple of simd's in the same run.\n");
        classes.forEach((name, rows) -> table(text, name, rows));
        return text.toString();
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

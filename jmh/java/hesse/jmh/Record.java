package hesse.jmh;

import hesse.measure.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks and records them: {@code java -cp target/jmh/benchmarks.jar hesse.jmh.Record [--quick] [--forks K]
 * [--allow-dirty] [--out FOLDER] [SUITE|REGEX]} writes {@code FOLDER/DATE_CPU_JDK_SHA/{jmh.json,env.json,summary.md}},
 * FOLDER being results/runs. Three forks, one thread where the method's name does not say otherwise, allocation
 * profiled. Refuses a checkout with changes, so that a record names what it measured. {@code Record --tables FOLDER...}
 * puts the tables of runs into README.md, the list of all runs into results/README.md, pictures into results/plots, and
 * what was aimed at beside what was reached into results/targets.md.
 */
public final class Record {
    private static final List<String> JVM = List.of("--add-modules", "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED", "-Dhesse.threads=1");
    /**
     * Scalar twins and whole minimisations take up to a minute a call: one iteration of warm-up and measurement is
     * enough for them.
     */
    private static final String SLOW = "(\\.scalar(Plain)?|MinimizeBenchmark\\.\\w+)$";
    private static final Set<String> SUITES = Set.of("kernel", "derivative", "problem", "tuning");

    /** Benchmarks of the quick run: a regular expression over their names, and values of their parameters by name. */
    private record Group(String regex, Map<String, String[]> parameters) {}

    private static final List<Group> QUICK = List.of(
            new Group("kernel.MachineBenchmark", Map.of()),
            new Group("kernel.SymvBenchmark.(simd|openblasDsymv|scalar)$", Map.of("n", new String[] {"256"})),
            new Group("kernel.CholeskyBenchmark.(simd|openblasDpotrf|ejml)$", Map.of("n", new String[] {"64"})),
            new Group("kernel.GramBenchmark.(simd|openblasDsyrk|scaleAndDsyrk)$",
                    Map.of("size", new String[] {"20000x16"})),
            new Group("kernel.ElementaryBenchmark.(simd|svml|math)$",
                    Map.of("function", new String[] {"exp", "sin", "tanh"})),
            new Group("derivative.DerivativeBenchmark.(value|gradient|hessian)$",
                    Map.of("function", new String[] {"rosenbrock10"})),
            new Group("problem.PointBenchmark", Map.of("function", new String[] {"rosenbrock2", "arm6"})),
            new Group("problem.LogisticBenchmark.(simd|openblas|lanes)$", Map.of("size", new String[] {"2000x16"})));

    private final boolean quick;
    private final boolean allowDirty;
    private final int forks;
    private final Path out;
    private final String regex;

    private Record(List<String> arguments) {
        List<String> left = new ArrayList<>(arguments);
        quick = left.remove("--quick");
        allowDirty = left.remove("--allow-dirty");
        forks = Integer.parseInt(option(left, "--forks", "3"));
        out = Path.of(option(left, "--out", "results/runs"));
        boolean unknown = left.stream().anyMatch(argument -> argument.startsWith("--"));
        if (left.size() > 1 || unknown || quick && !left.isEmpty()) {
            throw new IllegalArgumentException("expected [--quick | SUITE | REGEX] [--forks K] [--allow-dirty]"
                    + " [--out FOLDER], found " + String.join(" ", arguments));
        }
        String name = left.isEmpty() ? "" : left.getFirst();
        regex = name.isEmpty() ? "hesse.jmh" : SUITES.contains(name) ? "hesse.jmh." + name + "." : name;
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        if (at < 0 || at + 1 == arguments.size()) {
            return otherwise;
        }
        arguments.remove(at);
        return arguments.remove(at);
    }

    public static void main(String[] args) throws IOException, RunnerException {
        if (args.length > 0 && args[0].equals("--tables")) {
            Tables.readme(List.of(args).subList(1, args.length));
            Tables.index();
            Targets.write(List.of(args).subList(1, args.length));
            Plots.draw(List.of(args).subList(1, args.length));
            return;
        }
        try {
            new Record(List.of(args)).record(String.join(" ", args));
        } catch (IllegalArgumentException e) {
            System.err.println("hesse bench: " + e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println("hesse bench: cannot be written: " + e.getMessage());
            System.exit(1);
        }
        if (System.out.checkError()) {
            System.err.println("hesse bench: what was measured is recorded, but standard output could not be written");
            System.exit(1);
        }
    }

    private void record(String arguments) throws IOException, RunnerException {
        String command = ("java -cp target/jmh/benchmarks.jar hesse.jmh.Record " + arguments).strip();
        RunRecord record = RunRecord.begin(out, command, JVM, forks, quick ? "-quick" : "", allowDirty);
        if (quick) {
            for (Group group : QUICK) {
                ChainedOptionsBuilder options = options(group.regex).warmupIterations(2).measurementIterations(3)
                        .warmupTime(TimeValue.milliseconds(500)).measurementTime(TimeValue.milliseconds(100));
                group.parameters.forEach(options::param);
                run(options, record);
            }
        } else {
            run(options(regex).exclude(SLOW).warmupIterations(3).measurementIterations(3), record);
            run(options("^(?=.*" + SLOW + ").*(" + regex + ")").warmupIterations(1).measurementIterations(1), record);
        }
        if (record.discardEmpty()) {
            throw new IllegalArgumentException("no benchmark has a name with \"" + regex + "\"");
        }
        System.out.println("written to " + record.folder());
    }

    /** Runs a part of the run and adds it to the record. */
    private static void run(ChainedOptionsBuilder options, RunRecord record) throws IOException, RunnerException {
        Path part = record.folder().resolve("part.json");
        try {
            new Runner(options.resultFormat(ResultFormatType.JSON).result(part.toString()).build()).run();
            record.add(part);
        } catch (NoBenchmarksException e) {
            return;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private ChainedOptionsBuilder options(String regex) {
        return new OptionsBuilder().include(regex).forks(forks).warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.milliseconds(300)).addProfiler(GCProfiler.class)
                .jvmArgs(JVM.toArray(String[]::new));
    }
}

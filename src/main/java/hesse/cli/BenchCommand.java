package hesse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hesse bench}: runs Hesse's own benchmarks in JVMs of JMH's and records them under results/runs. */
@Command(
        name = "bench",
        description = "Runs Hesse's benchmarks and records them under results/runs (in a checkout).",
        footer = {
            "",
            "SUITE is kernel, derivative, problem or tuning, or a regular expression over the names",
            "of benchmarks; without one all run, which takes an hour. Build them first:",
            "mvn -Pjmh -DskipTests package",
            "Example: hesse bench --quick"
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SUITE", description = "what to run (default: all)")
    private String suite;

    @Option(names = "--quick", description = "a few benchmarks of every kind, in four minutes")
    private boolean quick;

    @Option(names = "--forks", paramLabel = "K", description = "JVMs of each benchmark (default: 3)")
    private Integer forks;

    @Option(names = "--allow-dirty", description = "also where the checkout has changes that are not committed; the record says so")
    private boolean allowDirty;

    @Option(names = "--out", paramLabel = "FOLDER", description = "where to (default: results/runs)")
    private Path out;

    @Option(names = "--jar", paramLabel = "FILE", defaultValue = "target/jmh/benchmarks.jar", description = "the benchmarks (default: target/jmh/benchmarks.jar)")
    private Path jar;

    @Option(names = "--help", usageHelp = true, description = "print this")
    private boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.exists(jar)) {
            throw new IllegalArgumentException(jar + " is not there: in a checkout of Hesse run mvn -Pjmh -DskipTests package");
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules",
                "jdk.incubator.vector", "-cp", jar.toString(), "hesse.jmh.Record"));
        if (quick) {
            command.add("--quick");
        }
        if (allowDirty) {
            command.add("--allow-dirty");
        }
        if (forks != null) {
            command.addAll(List.of("--forks", forks.toString()));
        }
        if (out != null) {
            command.addAll(List.of("--out", out.toString()));
        }
        if (suite != null) {
            command.add(suite);
        }
        try (ChildProcess child = ChildProcess.start(new ProcessBuilder(command).inheritIO())) {
            return child.process().waitFor();
        }
    }
}

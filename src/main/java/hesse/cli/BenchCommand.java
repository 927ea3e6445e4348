package hesse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hesse bench}: starts Hesse's own benchmarks, which JMH runs in JVMs of their own, and records them under
 * results/runs.
 */
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
    /** The manifest's entry that names the class to start; the jmh profile of pom.xml writes it. */
    private static final String CLASS_ENTRY = "Hesse-Bench-Class";
    private static final String BUILD = "in a checkout of Hesse run mvn -Pjmh -DskipTests package";

    @Parameters(arity = "0..1", paramLabel = "SUITE", description = "what to run (default: all)")
    private String suite;

    @Option(names = "--quick", description = "a few benchmarks of every kind, in four minutes")
    private boolean quick;

    @Option(names = "--forks", paramLabel = "K", description = "JVMs of each benchmark (default: 3)")
    private Integer forks;

    @Option(names = "--allow-dirty",
            description = "also where the checkout has changes that are not committed; the record says so")
    private boolean allowDirty;

    @Option(names = "--out", paramLabel = "FOLDER", description = "where to (default: results/runs)")
    private Path out;

    @Option(names = "--jar", paramLabel = "FILE", defaultValue = "target/jmh/benchmarks.jar",
            description = "the benchmarks (default: target/jmh/benchmarks.jar)")
    private Path jar;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.exists(jar)) {
            throw new IllegalArgumentException(jar + " is not there: " + BUILD);
        }
        List<String> command = ChildProcess.java();
        command.addAll(List.of("-cp", jar.toString(), benchClass(jar)));
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

    private static String benchClass(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue(CLASS_ENTRY);
            if (name == null) {
                throw new IllegalArgumentException(jar + " holds no benchmarks of Hesse's: its manifest has no "
                        + CLASS_ENTRY + "; " + BUILD);
            }
            return name;
        }
    }
}

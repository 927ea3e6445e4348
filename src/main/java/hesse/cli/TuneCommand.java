package hesse.cli;

import hesse.measure.TuningProbe;
import hesse.measure.TuningSearch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hesse tune}: searches block sizes and thresholds; each measurement runs in a JVM with the sizes of its
 * candidate.
 */
@Command(
        name = "tune",
        description = "Searches the block sizes and thresholds that are fastest on this machine.",
        footer = {
            "",
            "Takes some minutes of an otherwise idle machine. Every measurement is kept at once in",
            "FILE.partial: interrupted, the same command goes on from there, on the same machine, JDK",
            "and version. Results never change, only speed. Use the outcome with -Dhesse.tuning=FILE."
        })
final class TuneCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "FILE", defaultValue = "hesse-tuning.properties",
            description = "what to write (default: hesse-tuning.properties)")
    private Path out;

    @Option(names = "--rounds", paramLabel = "K", defaultValue = "5",
            description = "measurements of each candidate, in turn (default: 5)")
    private int rounds;

    @Option(names = "--only", paramLabel = "KEY", description = "search this size alone, such as product.depth")
    private String only;

    @Option(names = "--probe", hidden = true, description = "measure one kind of work in this JVM")
    private TuningProbe probe;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (probe != null) {
            System.out.println(probe.cost());
            return 0;
        }
        TuningSearch search = new TuningSearch(only, out, rounds, TuneCommand::inJvm, System.out::println,
                System.err::println);
        search.run(Main.number());
        return 0;
    }

    /** Nanoseconds of a probe in a JVM with these sizes, which runs this command with its hidden option --probe. */
    private static double inJvm(TuningProbe probe, int threads, Map<String, Integer> sizes)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("hesse", ".properties");
        file.toFile().deleteOnExit();
        try {
            Files.write(file, sizes.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
            List<String> command = ChildProcess.java();
            command.add("-Dhesse.tuning=" + file);
            if (threads > 0) {
                command.add("-Dhesse.threads=" + threads);
            }
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "tune",
                    "--probe", probe.name()));
            try (ChildProcess child = ChildProcess.start(new ProcessBuilder(command).redirectErrorStream(true));
                    BufferedReader lines = child.process().inputReader()) {
                List<String> printed = lines.lines().filter(line -> !line.startsWith("WARNING")).toList();
                if (child.process().waitFor() != 0 || printed.size() != 1) {
                    throw new IOException("a measurement failed: " + String.join(" / ", printed));
                }
                return Double.parseDouble(printed.getFirst());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}

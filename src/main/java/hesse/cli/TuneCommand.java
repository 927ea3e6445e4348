package hesse.cli;

import hesse.Hesse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hesse tune}: measures block sizes and thresholds on this machine, each candidate in JVMs of its own, in turn. */
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
    /** A size, what to measure it by, on how many threads (0: all), and what else it might be. */
    private record Search(String key, TuningProbe.Work work, int threads, int... candidates) {}

    private static final List<Search> SEARCHES = List.of(
            new Search("product.depth", TuningProbe.Work.PRODUCT, 1, 192, 256, 512),
            new Search("product.band", TuningProbe.Work.PRODUCT, 1, 144, 480),
            new Search("factor.band", TuningProbe.Work.FACTOR, 1, 240, 960),
            new Search("symv.pairs", TuningProbe.Work.SYMV, 1, 1 << 21),
            new Search("block.numbers", TuningProbe.Work.BLOCKS, 1, 4_096, 16_384, 65_536),
            new Search("block.rows", TuningProbe.Work.BLOCKS, 1, 32, 64),
            new Search("region.rows", TuningProbe.Work.REGIONS, 1, 32, 128),
            new Search("region.operations", TuningProbe.Work.REGIONS, 1, 60, 110),
            new Search("parallel.product", TuningProbe.Work.SMALL_PRODUCTS, 0, 5_000_000, 80_000_000),
            new Search("parallel.factor", TuningProbe.Work.SMALL_FACTORS, 0, 384, 1_536),
            new Search("parallel.rows", TuningProbe.Work.SMALL_SUMS, 0, 750_000, 12_000_000));

    /** A candidate is taken where it needs at most this part of the default's time in the median round, and is slower in one at most. */
    private static final double GAIN = 0.97;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "hesse-tuning.properties", description = "what to write (default: hesse-tuning.properties)")
    private Path out;

    @Option(names = "--rounds", paramLabel = "K", defaultValue = "5", description = "measurements of each candidate, in turn (default: 5)")
    private int rounds;

    @Option(names = "--only", paramLabel = "KEY", description = "search this size alone, such as product.depth")
    private String only;

    @Option(names = "--probe", hidden = true, description = "measure one kind of work in this JVM")
    private TuningProbe.Work probe;

    @Option(names = "--help", usageHelp = true, description = "print this")
    private boolean help;

    /** What was measured in this run, and in one that was interrupted. */
    private TuningNotes notes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (probe != null) {
            System.out.println(TuningProbe.cost(probe));
            return 0;
        }
        List<Search> searches = SEARCHES.stream().filter(s -> only == null || s.key.equals(only))
                .filter(s -> s.threads == 1 || Runtime.getRuntime().availableProcessors() > 1).toList();
        if (searches.isEmpty() || rounds < 3) {
            throw new IllegalArgumentException(searches.isEmpty()
                    ? "--only " + only + ": known are " + String.join(" ", SEARCHES.stream().map(Search::key).toList()) : "--rounds " + rounds + ": at least 3");
        }
        notes = TuningNotes.open(Path.of(out + ".partial"), conditions());
        Map<String, Integer> defaults = Hesse.tuning();
        Map<String, Integer> chosen = new TreeMap<>();
        for (Search search : searches) {
            search(search, defaults.get(search.key), chosen);
        }
        confirm(searches, chosen);
        notes.remove();
        return 0;
    }

    /** What measurements depend on: machine, JDK and version. */
    private static String conditions() throws IOException {
        String processor = System.getenv("PROCESSOR_IDENTIFIER");
        Path information = Path.of("/proc/cpuinfo");
        if (Files.isReadable(information)) {
            try (Stream<String> lines = Files.lines(information)) {
                processor = lines.filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse(processor);
            }
        }
        return String.format("by hesse tune: %s, %d cores, %s %s; JDK %s; Hesse %s", processor == null ? "unknown processor" : processor,
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"), System.getProperty("os.arch"), Hesse.runtime().jdk(), Main.number());
    }

    private void search(Search search, int standard, Map<String, Integer> chosen) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-18s %s", search.key, "default " + standard));
        double best = GAIN;
        for (int k = 0; k < rounds; k++) {
            measure(search, Map.of(), k);
            for (int candidate : search.candidates) {
                measure(search, Map.of(search.key, candidate), k);
            }
        }
        for (int candidate : search.candidates) {
            double ratio = ratio(search, Map.of(search.key, candidate));
            line.append(String.format(Locale.ROOT, ", %d: %.3f", candidate, ratio));
            if (ratio < best) {
                best = ratio;
                chosen.put(search.key, candidate);
            }
        }
        System.out.println(line + (chosen.containsKey(search.key) ? " -> " + chosen.get(search.key) : " -> default stands"));
    }

    /** The median over rounds of the time with these sizes over the default's; 1 where the default was faster twice or more. */
    private double ratio(Search search, Map<String, Integer> sizes) {
        double[] ratios = new double[rounds];
        for (int k = 0; k < rounds; k++) {
            ratios[k] = notes.cost(name(search, sizes, k)) / notes.cost(name(search, Map.of(), k));
        }
        double median = Measurements.middle(ratios);
        return median < 1 && Arrays.stream(ratios).filter(r -> r >= 1).count() > 1 ? 1 : median;
    }

    /** All chosen sizes together against the defaults, measured anew; written where they hold. */
    private void confirm(List<Search> searches, Map<String, Integer> chosen) throws IOException, InterruptedException {
        if (chosen.isEmpty()) {
            System.out.println("\nDefaults stand: nothing was faster by " + Math.round(100 * (1 - GAIN)) + " %. No file is written.");
            return;
        }
        System.out.printf(Locale.ROOT, "%nbefore and after, all sizes together, measured anew%n");
        Map<String, Integer> kept = new TreeMap<>();
        StringBuilder file = new StringBuilder("# by hesse tune, for " + Runtime.getRuntime().availableProcessors() + " cores, JDK " + Hesse.runtime().jdk() + "\n");
        for (Search search : searches) {
            if (!chosen.containsKey(search.key)) {
                continue;
            }
            Search again = new Search("confirmed." + search.key, search.work, search.threads);
            for (int k = 0; k < rounds; k++) {
                measure(again, Map.of(), k);
                measure(again, chosen, k);
            }
            double ratio = ratio(again, chosen);
            System.out.printf(Locale.ROOT, "%-18s %d: %.3f of the default's time%s%n", search.key, chosen.get(search.key), ratio, ratio < GAIN ? "" : ", default stands");
            if (ratio < GAIN) {
                kept.put(search.key, chosen.get(search.key));
                file.append(String.format(Locale.ROOT, "# %.3f of the default's time%n%s=%d%n", ratio, search.key, chosen.get(search.key)));
            }
        }
        if (kept.isEmpty()) {
            System.out.println("\nDefaults stand: no gain was found again. No file is written.");
        } else {
            UserFile.write(out, file.toString());
            System.out.println("\nwritten to " + out + "; use it with -Dhesse.tuning=" + out);
        }
    }

    private static String name(Search search, Map<String, Integer> sizes, int round) {
        return search.key + " " + new TreeMap<>(sizes) + " round " + round;
    }

    private void measure(Search search, Map<String, Integer> sizes, int round) throws IOException, InterruptedException {
        String name = name(search, sizes, round);
        if (!notes.has(name)) {
            double cost = inJvm(search, sizes);
            System.err.printf(Locale.ROOT, "%s: %.4g ms%n", name, cost / 1e6);
            notes.keep(name, cost);
        }
    }

    private static double inJvm(Search search, Map<String, Integer> sizes) throws IOException, InterruptedException {
        Path file = Files.createTempFile("hesse", ".properties");
        file.toFile().deleteOnExit();
        try {
            Files.write(file, sizes.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules",
                    "jdk.incubator.vector", "-Dhesse.tuning=" + file, "-cp", System.getProperty("java.class.path")));
            if (search.threads > 0) {
                command.add(3, "-Dhesse.threads=" + search.threads);
            }
            command.addAll(List.of("hesse.cli.Main", "tune", "--probe", search.work.name()));
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

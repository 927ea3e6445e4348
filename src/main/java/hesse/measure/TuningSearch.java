package hesse.measure;

import hesse.Hesse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The search for the block sizes and thresholds that are fastest on this machine: each candidate is measured against
 * the default in rounds, in turn; those that win are measured together once more, and written where they hold.
 */
public final class TuningSearch {
    /**
     * A size or threshold.
     *
     * @param key its name in a tuning file
     * @param probe the work by which it is measured
     * @param threads threads of that work; 0 for all
     * @param candidates values other than the default
     */
    private record Candidates(String key, TuningProbe probe, int threads, int... candidates) {}

    private static final List<Candidates> ALL = List.of(
            new Candidates("product.depth", TuningProbe.PRODUCT, 1, 192, 256, 512),
            new Candidates("product.band", TuningProbe.PRODUCT, 1, 144, 480),
            new Candidates("factor.band", TuningProbe.FACTOR, 1, 240, 960),
            new Candidates("symv.pairs", TuningProbe.SYMV, 1, 1 << 21),
            new Candidates("block.numbers", TuningProbe.BLOCKS, 1, 4_096, 16_384, 65_536),
            new Candidates("block.rows", TuningProbe.BLOCKS, 1, 32, 64),
            new Candidates("region.rows", TuningProbe.REGIONS, 1, 32, 128),
            new Candidates("region.operations", TuningProbe.REGIONS, 1, 60, 110),
            new Candidates("parallel.product", TuningProbe.SMALL_PRODUCTS, 0, 5_000_000, 80_000_000),
            new Candidates("parallel.factor", TuningProbe.SMALL_FACTORS, 0, 384, 1_536),
            new Candidates("parallel.rows", TuningProbe.SMALL_SUMS, 0, 750_000, 12_000_000));

    /** The part of the default's time that a candidate must stay below, in the median of the rounds, to be taken. */
    private static final double GAIN = 0.97;

    /** Runs a probe in a JVM of its own. */
    @FunctionalInterface
    public interface ProbeJvm {
        /**
         * Nanoseconds of {@link TuningProbe#cost()}.
         *
         * @param threads of {@code -Dhesse.threads}; 0 for the default
         * @param sizes what {@code -Dhesse.tuning} is to set
         */
        double cost(TuningProbe probe, int threads, Map<String, Integer> sizes)
                throws IOException, InterruptedException;
    }

    private final List<Candidates> searches;
    private final Path out;
    private final int rounds;
    private final ProbeJvm jvm;
    private final Consumer<String> answer;
    private final Consumer<String> progress;
    private final Map<String, Integer> chosen = new TreeMap<>();
    private TuningNotes notes;

    /**
     * Prepares a search.
     *
     * @param only the one key to search; null for all
     * @param out the file of the answer; measurements are kept beside it
     * @param rounds measurements of each candidate, at least 3
     * @param jvm measures
     * @param answer takes the lines of the answer
     * @param progress takes a line for each measurement
     * @throws IllegalArgumentException where no such key is searched on this machine, or there are too few rounds
     */
    public TuningSearch(String only, Path out, int rounds, ProbeJvm jvm, Consumer<String> answer,
            Consumer<String> progress) {
        searches = ALL.stream().filter(search -> only == null || search.key.equals(only))
                .filter(search -> search.threads == 1 || Runtime.getRuntime().availableProcessors() > 1).toList();
        if (searches.isEmpty()) {
            String known = String.join(" ", ALL.stream().map(Candidates::key).toList());
            throw new IllegalArgumentException("--only " + only + ": known are " + known);
        }
        if (rounds < 3) {
            throw new IllegalArgumentException("--rounds " + rounds + ": at least 3");
        }
        this.out = out;
        this.rounds = rounds;
        this.jvm = jvm;
        this.answer = answer;
        this.progress = progress;
    }

    /**
     * Searches, and writes the file where something is faster.
     *
     * @param version Hesse's version, on which measurements depend
     */
    public void run(String version) throws IOException, InterruptedException {
        notes = TuningNotes.open(Path.of(out + ".partial"), conditions(version));
        if (!notes.found().isEmpty()) {
            progress.accept(notes.found());
        }
        Map<String, Integer> defaults = Hesse.tuning();
        for (Candidates search : searches) {
            search(search, defaults.get(search.key));
        }
        confirm();
        notes.remove();
    }

    /** What measurements depend on: machine, JDK and version. */
    private static String conditions(String version) throws IOException {
        return String.format("by hesse tune: %s, %d cores, %s %s; JDK %s; Hesse %s",
                Processor.name().orElse("unknown processor"), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"), System.getProperty("os.arch"), Hesse.runtime().jdk(), version);
    }

    private void search(Candidates search, int standard) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-18s default %d", search.key, standard));
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
        answer.accept(line + " -> " + (chosen.containsKey(search.key) ? chosen.get(search.key) : "default stands"));
    }

    /**
     * The median over rounds of the time with these sizes over the default's; 1 where the default was faster in more
     * than one round.
     */
    private double ratio(Candidates search, Map<String, Integer> sizes) {
        double[] ratios = new double[rounds];
        for (int k = 0; k < rounds; k++) {
            ratios[k] = notes.cost(name(search, sizes, k)) / notes.cost(name(search, Map.of(), k));
        }
        double median = Quantile.median(ratios);
        return median < 1 && Arrays.stream(ratios).filter(r -> r >= 1).count() > 1 ? 1 : median;
    }

    /** Measures all chosen sizes together against the defaults, anew, and writes those that hold. */
    private void confirm() throws IOException, InterruptedException {
        if (chosen.isEmpty()) {
            long gain = Math.round(100 * (1 - GAIN));
            answer.accept("\nDefaults stand: nothing was faster by " + gain + " %. No file is written.");
            return;
        }
        answer.accept("\nbefore and after, all sizes together, measured anew");
        StringBuilder file = new StringBuilder("# by hesse tune, for " + Runtime.getRuntime().availableProcessors()
                + " cores, JDK " + Hesse.runtime().jdk() + "\n");
        boolean holds = false;
        for (Candidates search : searches) {
            if (!chosen.containsKey(search.key)) {
                continue;
            }
            Candidates again = new Candidates("confirmed." + search.key, search.probe, search.threads);
            for (int k = 0; k < rounds; k++) {
                measure(again, Map.of(), k);
                measure(again, chosen, k);
            }
            int size = chosen.get(search.key);
            double ratio = ratio(again, chosen);
            answer.accept(String.format(Locale.ROOT, "%-18s %d: %.3f of the default's time%s", search.key, size, ratio,
                    ratio < GAIN ? "" : ", default stands"));
            if (ratio < GAIN) {
                holds = true;
                file.append(String.format(Locale.ROOT, "# %.3f of the default's time%n%s=%d%n", ratio,
                        search.key, size));
            }
        }
        if (holds) {
            UserFile.write(out, file.toString());
        }
        answer.accept(holds ? "\nwritten to " + out + "; use it with -Dhesse.tuning=" + out
                : "\nDefaults stand: no gain was found again. No file is written.");
    }

    private static String name(Candidates search, Map<String, Integer> sizes, int round) {
        return search.key + " " + new TreeMap<>(sizes) + " round " + round;
    }

    /** Measures unless the notes have it already. */
    private void measure(Candidates search, Map<String, Integer> sizes, int round)
            throws IOException, InterruptedException {
        String name = name(search, sizes, round);
        if (!notes.has(name)) {
            double cost = jvm.cost(search.probe, search.threads, sizes);
            progress.accept(String.format(Locale.ROOT, "%s: %.4g ms", name, cost / 1e6));
            notes.keep(name, cost);
        }
    }
}

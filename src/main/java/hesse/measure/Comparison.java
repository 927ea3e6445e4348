package hesse.cli;

import hesse.cli.Measurements.Benchmark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Two sets of measurements, benchmark by benchmark. The ratio is head's cost over base's, above 1 where head is slower; a cost is the
 * lower quartile over forks of the fastest iteration of each. Its interval and the probability p that noise alone makes it so are those of a two-level
 * bootstrap (forks, then iterations within each; Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 3.8) with
 * a fixed seed. A benchmark has changed where p holds against the number of all that are compared (Holm, Scandinavian Journal of
 * Statistics 6(2), 1979) and the ratio is beyond its limit: both, since forks of one benchmark may differ by more than chance
 * within a fork tells.
 */
final class Comparison {
    /** How a benchmark fared, worst first. */
    enum Verdict {
        MISSING, SLOWER, ALLOCATES_MORE, UNJUDGED, FASTER, SAME, NEW
    }

    /**
     * One benchmark; NaN where it is on one side only.
     *
     * @param limit the ratio beyond which, or below whose reciprocal, it counts
     * @param low of the 95 % interval of the ratio
     * @param p that the ratio is on this side of 1 by chance, before it is held against the number of benchmarks; NaN where
     *     there are too few forks to tell
     * @param apart whether every iteration of the slower side is slower than all of the other
     * @param fails whether the gate is to stop it
     */
    record Row(Benchmark base, Benchmark head, double ratio, double low, double high, double limit, double p, boolean apart, Verdict verdict, boolean fails) {
        Benchmark any() {
            return head == null ? base : head;
        }

        boolean isOnBothSides() {
            return base != null && head != null;
        }

        /** Whether it has too few forks on a side, so that iterations alone judge it. */
        boolean isOfFewForks() {
            return isOnBothSides() && isFew(base, head);
        }
    }

    /**
     * What counts.
     *
     * @param limit by how much, as a ratio above 1, a benchmark may become slower
     * @param reference a benchmark of the same run by which each cost is divided: a sibling method of the same parameters, or the end
     *     of a full name; null for none
     * @param noise runs of one and the same code: no benchmark's limit is below what these differ by
     * @param allowMissing whether what head does not have passes
     * @param allowArguments whether forks of a benchmark may have run with different JVM arguments
     * @param strict whether what cannot be judged fails
     * @param inTurn whether fork k of base and fork k of head ran one after the other: the bootstrap then draws them together, so that
     *     what slows the machine down for a while slows both
     */
    record Rules(double limit, String reference, List<Measurements> noise, boolean allowMissing, boolean allowArguments, boolean strict, boolean inTurn) {}

    /** An object an operation counts as more; JMH's own objects show as fractions of that in short operations, in long ones by their time. */
    private static final double BYTES = 16;
    private static final double BYTES_A_NANOSECOND = 1e-4;
    /** Of fewer forks the bootstrap cannot tell what chance does. */
    static final int FORKS = 3;
    /** Beyond how many times its limit a benchmark of fewer forks has changed. */
    static final double WIDER = 1.8;
    /** Fewer iterations of a side, of all forks, tell nothing. */
    static final int ITERATIONS = 3;
    private static final double LEVEL = 0.05;
    private static final int RESAMPLES = 10_000;

    private final List<Row> rows = new ArrayList<>();

    private final Rules rules;

    Comparison(Measurements base, Measurements head, Rules rules) {
        this.rules = rules;
        TreeSet<String> keys = new TreeSet<>(base.benchmarks().keySet());
        keys.addAll(head.benchmarks().keySet());
        if (base.benchmarks().keySet().stream().noneMatch(head.benchmarks()::containsKey)) {
            throw new IllegalArgumentException("the two have no benchmark in common: base has "
                    + base.benchmarks().size() + ", head " + head.benchmarks().size());
        }
        if (!rules.allowArguments) {
            requireSameArguments(keys, base, head);
        }
        List<Row> judged = new ArrayList<>();
        for (String key : keys) {
            Benchmark before = base.benchmarks().get(key);
            Benchmark after = head.benchmarks().get(key);
            if (before == null || after == null) {
                add(new Row(before, after, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, false, null, false), before == null ? Verdict.NEW : Verdict.MISSING);
            } else {
                judged.add(ratio(base.benchmarks(), head.benchmarks(), before, after, rules, keys.size()));
            }
        }
        hold(judged);
        rows.sort(Comparator.comparing(Row::verdict).thenComparing(row -> row.any().key()));
    }

    List<Row> rows() {
        return rows;
    }

    boolean fails() {
        return rows.stream().anyMatch(Row::fails);
    }

    /** Refuses benchmarks whose forks ran with different JVM arguments, on one side or between the two: their times say what these do. */
    private static void requireSameArguments(Collection<String> keys, Measurements base, Measurements head) {
        List<String> differing = new ArrayList<>();
        for (String key : keys) {
            Set<List<String>> all = new LinkedHashSet<>();
            Stream.of(base, head).map(side -> side.benchmarks().get(key)).filter(Objects::nonNull).forEach(side -> all.addAll(side.jvmArguments()));
            if (all.size() > 1) {
                List<List<String>> lists = List.copyOf(all);
                differing.add(key + ": " + without(lists.get(0), lists.get(1)) + " against " + without(lists.get(1), lists.get(0)));
            }
        }
        if (!differing.isEmpty()) {
            throw new IllegalArgumentException("JVM arguments differ in " + differing.size() + (differing.size() == 1 ? " benchmark, " : " benchmarks, first in ")
                    + differing.getFirst() + "; where that is what you compare, say --allow-jvm-arguments");
        }
    }

    /** What one list of arguments has more than another; all of it where the two differ by order alone. */
    private static String without(List<String> arguments, List<String> others) {
        List<String> left = new ArrayList<>(arguments);
        others.forEach(left::remove);
        boolean reordered = left.isEmpty() && arguments.size() == others.size();
        return left.isEmpty() && !reordered ? "none of these" : String.join(" ", reordered ? arguments : left);
    }

    private static Row ratio(Map<String, Benchmark> base, Map<String, Benchmark> head, Benchmark before, Benchmark after, Rules rules, int count) {
        double[][][] sides = {after.forks(), before.forks()};
        double[][] empty = {{1}};
        double[][][] references = {empty, empty};
        if (rules.reference != null) {
            references = new double[][][] {reference(head, after, rules.reference).forks(), reference(base, before, rules.reference).forks()};
        }
        double machine = Measurements.cost(references[0]) / Measurements.cost(references[1]);
        double ratio = Measurements.cost(sides[0]) / Measurements.cost(sides[1]) / machine;
        boolean apart = ratio > 1 ? iterations(after).min().orElseThrow() > machine * iterations(before).max().orElseThrow()
                : iterations(after).max().orElseThrow() < machine * iterations(before).min().orElseThrow();
        int resamples = Math.max(RESAMPLES, 40 * count);
        double[] ratios = new double[resamples];
        SplittableRandom random = new SplittableRandom(before.key().hashCode());
        boolean together = rules.inTurn && before.forks().length == after.forks().length;
        for (int i = 0; i < resamples; i++) {
            int[] drawn = drawn(after.forks().length, random);
            int[] others = together ? drawn : drawn(before.forks().length, random);
            ratios[i] = resampled(sides[0], drawn, random) / resampled(sides[1], others, random)
                    * (resampled(references[1], others, random) / resampled(references[0], drawn, random));
        }
        Arrays.sort(ratios);
        long beyond = Arrays.stream(ratios).filter(r -> ratio > 1 ? r <= 1 : r >= 1).count();
        boolean few = isFew(before, after);
        return new Row(before, after, ratio, ratios[(int) (resamples * LEVEL / 2)], ratios[(int) (resamples * (1 - LEVEL / 2))],
                Math.max(rules.limit, noise(before.key(), rules)) * (few ? WIDER : 1), few ? Double.NaN : (1 + beyond) / (1.0 + resamples),
                apart, null, false);
    }

    private static boolean isFew(Benchmark before, Benchmark after) {
        return Math.min(before.forks().length, after.forks().length) < FORKS;
    }

    private static int[] drawn(int forks, SplittableRandom random) {
        return random.ints(forks, 0, forks).toArray();
    }

    /** The cost of the drawn forks, each with a draw of its iterations. */
    private static double resampled(double[][] forks, int[] drawn, SplittableRandom random) {
        double[] fastest = new double[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            double[] fork = forks[drawn[i] % forks.length];
            fastest[i] = Double.POSITIVE_INFINITY;
            for (int j = 0; j < fork.length; j++) {
                fastest[i] = Math.min(fastest[i], fork[random.nextInt(fork.length)]);
            }
        }
        return Measurements.lowerQuartile(fastest);
    }

    /** A sibling method with the same parameters, else the only benchmark whose name ends so. */
    private static Benchmark reference(Map<String, Benchmark> all, Benchmark of, String name) {
        String sibling = of.name().substring(0, of.name().lastIndexOf('.') + 1) + name;
        Benchmark found = all.get(of.parameters().isEmpty() ? sibling : sibling + " " + of.parameters());
        if (found != null) {
            return found;
        }
        List<Benchmark> ends = all.values().stream().filter(b -> b.key().endsWith("." + name) || b.key().equals(name)).toList();
        if (ends.size() != 1) {
            throw new IllegalArgumentException("--reference " + name + ": " + of.key() + " has no such sibling, and "
                    + (ends.isEmpty() ? "no benchmark has" : ends.size() + " benchmarks have") + " a name that ends so");
        }
        return ends.getFirst();
    }

    /** The largest ratio between runs of the same code. */
    private static double noise(String key, Rules rules) {
        double[] costs = rules.noise.stream().map(run -> run.benchmarks().get(key)).filter(b -> b != null).mapToDouble(Benchmark::cost).toArray();
        return costs.length < 2 ? 1 : Arrays.stream(costs).max().getAsDouble() / Arrays.stream(costs).min().getAsDouble();
    }

    /** Verdicts: the smallest p against the number of all, the next against one fewer, until one does not hold. */
    private void hold(List<Row> judged) {
        judged.sort(Comparator.comparingDouble(Row::p));
        long left = judged.stream().filter(row -> !row.isOfFewForks()).count();
        boolean holds = true;
        for (Row row : judged) {
            boolean few = row.isOfFewForks();
            boolean enough = Math.min(iterations(row.base).count(), iterations(row.head).count()) >= ITERATIONS;
            holds &= few || row.p <= LEVEL / left--;
            boolean changed = few ? enough && row.apart : holds;
            add(row, row.ratio > row.limit && changed ? Verdict.SLOWER
                    : row.head.bytes() > row.base.bytes() + BYTES + BYTES_A_NANOSECOND * row.head.cost() ? Verdict.ALLOCATES_MORE
                    : few && !enough || rules.strict && Double.isNaN(row.head.bytes()) && !Double.isNaN(row.base.bytes()) ? Verdict.UNJUDGED
                    : row.ratio < 1 / row.limit && changed ? Verdict.FASTER : Verdict.SAME);
        }
    }

    private static DoubleStream iterations(Benchmark benchmark) {
        return Arrays.stream(benchmark.forks()).flatMapToDouble(Arrays::stream);
    }

    private void add(Row row, Verdict verdict) {
        boolean fails = switch (verdict) {
            case SLOWER, ALLOCATES_MORE -> true;
            case MISSING -> !rules.allowMissing;
            case UNJUDGED -> rules.strict;
            case FASTER, SAME, NEW -> false;
        };
        rows.add(new Row(row.base, row.head, row.ratio, row.low, row.high, row.limit, row.p, row.apart, verdict, fails));
    }
}

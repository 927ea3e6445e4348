package hesse.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Two sets of measurements, benchmark by benchmark: the gate. The ratio is head's cost over base's, above 1 where head
 * is slower; a cost is that of {@link Benchmark#cost()}, its interval and p those of {@link RatioInterval}. A benchmark
 * has changed where p holds against the number of all that are compared (Holm, Scandinavian Journal of Statistics 6(2),
 * 1979) and the ratio is beyond its limit: both, since forks of one benchmark may differ by more than chance within a
 * fork tells.
 */
public final class Comparison {
    /**
     * What counts as a change.
     *
     * @param limit by how much, as a ratio above 1, a benchmark may become slower
     * @param reference a benchmark of the same run by which each cost is divided: a sibling method with the same
     *     parameters, or the end of a full name; null for none
     * @param noise runs of one and the same code: no benchmark's limit is below the ratio by which these differ
     * @param allowMissing whether a benchmark that head does not have passes
     * @param allowArguments whether forks of a benchmark may have run with different JVM arguments
     * @param strict whether a benchmark that cannot be judged fails
     * @param inTurn whether fork k of base and fork k of head ran one after the other
     */
    public record Rules(double limit, String reference, List<Measurements> noise, boolean allowMissing,
            boolean allowArguments, boolean strict, boolean inTurn) {}

    /**
     * Bytes by which an operation may allocate more: in short operations objects of JMH's own show as fractions of one.
     */
    private static final double BYTES = 16;
    /** Bytes more for each nanosecond of its time: in long operations the objects that JMH allocates meanwhile show. */
    private static final double BYTES_A_NANOSECOND = 1e-4;
    /** The factor by which the limit of a benchmark of too few forks is wider. */
    static final double WIDER = 1.8;
    /** Iterations of a side, of all its forks together, below which a benchmark of few forks cannot be judged. */
    static final int ITERATIONS = 3;

    private final List<Judgement> judgements = new ArrayList<>();

    private final Rules rules;

    /**
     * Compares all benchmarks of both.
     *
     * @throws IllegalArgumentException where they have none in common, where JVM arguments differ and that is not
     *     allowed, or where the reference is not there
     */
    public Comparison(Measurements base, Measurements head, Rules rules) {
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
        List<Judgement> both = new ArrayList<>();
        for (String key : keys) {
            Benchmark before = base.benchmarks().get(key);
            Benchmark after = head.benchmarks().get(key);
            if (before == null || after == null) {
                Judgement alone = new Judgement(before, after, Double.NaN, RatioInterval.NONE, Double.NaN,
                        false, null, false);
                add(alone, before == null ? Verdict.NEW : Verdict.MISSING);
            } else {
                both.add(ratio(base.benchmarks(), head.benchmarks(), before, after, rules, keys.size()));
            }
        }
        judge(both);
        judgements.sort(Comparator.comparing(Judgement::verdict).thenComparing(judgement -> judgement.any().key()));
    }

    /** The benchmarks of both sides, worst verdict first. */
    List<Judgement> judgements() {
        return judgements;
    }

    /** Whether the gate is to stop head. */
    public boolean fails() {
        return judgements.stream().anyMatch(Judgement::fails);
    }

    /** Refuses benchmarks whose forks ran with different JVM arguments, which change times whatever the code does. */
    private static void requireSameArguments(Collection<String> keys, Measurements base, Measurements head) {
        List<String> differing = new ArrayList<>();
        for (String key : keys) {
            Set<List<String>> all = new LinkedHashSet<>();
            Stream.of(base, head).map(side -> side.benchmarks().get(key)).filter(Objects::nonNull)
                    .forEach(side -> all.addAll(side.jvmArguments()));
            if (all.size() > 1) {
                List<List<String>> lists = List.copyOf(all);
                differing.add(key + ": " + without(lists.get(0), lists.get(1)) + " against "
                        + without(lists.get(1), lists.get(0)));
            }
        }
        if (!differing.isEmpty()) {
            throw new IllegalArgumentException("JVM arguments differ in " + differing.size()
                    + (differing.size() == 1 ? " benchmark, " : " benchmarks, first in ")
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

    private static Judgement ratio(Map<String, Benchmark> base, Map<String, Benchmark> head, Benchmark before,
            Benchmark after, Rules rules, int count) {
        double[][] none = {{1}};
        boolean alone = rules.reference == null;
        RatioInterval.Side heads = new RatioInterval.Side(after.forks(),
                alone ? none : reference(head, after, rules.reference).forks());
        RatioInterval.Side bases = new RatioInterval.Side(before.forks(),
                alone ? none : reference(base, before, rules.reference).forks());
        double machine = Benchmark.cost(heads.reference()) / Benchmark.cost(bases.reference());
        double ratio = after.cost() / before.cost() / machine;
        boolean apart = ratio > 1
                ? after.iterations().min().orElseThrow() > machine * before.iterations().max().orElseThrow()
                : after.iterations().max().orElseThrow() < machine * before.iterations().min().orElseThrow();
        RatioInterval interval = RatioInterval.of(ratio, heads, bases, rules.inTurn, count, before.key().hashCode());
        double limit = Math.max(rules.limit, noise(before.key(), rules))
                * (Judgement.isOfFewForks(before, after) ? WIDER : 1);
        return new Judgement(before, after, ratio, interval, limit, apart, null, false);
    }

    /** A sibling method with the same parameters, else the only benchmark whose name ends so. */
    private static Benchmark reference(Map<String, Benchmark> all, Benchmark of, String name) {
        String sibling = of.name().substring(0, of.name().lastIndexOf('.') + 1) + name;
        Benchmark found = all.get(of.parameters().isEmpty() ? sibling : sibling + " " + of.parameters());
        if (found != null) {
            return found;
        }
        List<Benchmark> ends = all.values().stream()
                .filter(b -> b.key().endsWith("." + name) || b.key().equals(name)).toList();
        if (ends.size() != 1) {
            throw new IllegalArgumentException("--reference " + name + ": " + of.key() + " has no such sibling, and "
                    + (ends.isEmpty() ? "no benchmark has" : ends.size() + " benchmarks have")
                    + " a name that ends so");
        }
        return ends.getFirst();
    }

    /** The largest ratio of costs between runs of the same code; 1 where fewer than two have the benchmark. */
    private static double noise(String key, Rules rules) {
        DoubleSummaryStatistics costs = rules.noise.stream().map(run -> run.benchmarks().get(key))
                .filter(Objects::nonNull).mapToDouble(Benchmark::cost).summaryStatistics();
        return costs.getCount() < 2 ? 1 : costs.getMax() / costs.getMin();
    }

    /**
     * Holm's procedure: the smallest p is held against the number of all, the next against one fewer, until one does
     * not hold.
     */
    private void judge(List<Judgement> both) {
        both.sort(Comparator.comparingDouble(judgement -> judgement.interval().p()));
        long left = both.stream().filter(judgement -> !judgement.isOfFewForks()).count();
        boolean holds = true;
        for (Judgement judgement : both) {
            boolean few = judgement.isOfFewForks();
            holds &= few || judgement.interval().p() <= RatioInterval.LEVEL / left--;
            add(judgement, verdict(judgement, holds));
        }
    }

    /** @param holds whether the ratio is told from chance, where there are enough forks to ask */
    private Verdict verdict(Judgement judgement, boolean holds) {
        Benchmark base = judgement.base();
        Benchmark head = judgement.head();
        boolean few = judgement.isOfFewForks();
        boolean enough = Math.min(base.iterations().count(), head.iterations().count()) >= ITERATIONS;
        boolean changed = few ? enough && judgement.apart() : holds;
        if (judgement.ratio() > judgement.limit() && changed) {
            return Verdict.SLOWER;
        }
        if (head.bytes() > base.bytes() + BYTES + BYTES_A_NANOSECOND * head.cost()) {
            return Verdict.ALLOCATES_MORE;
        }
        if (few && !enough || rules.strict && Double.isNaN(head.bytes()) && !Double.isNaN(base.bytes())) {
            return Verdict.UNJUDGED;
        }
        return judgement.ratio() < 1 / judgement.limit() && changed ? Verdict.FASTER : Verdict.SAME;
    }

    private void add(Judgement judgement, Verdict verdict) {
        boolean fails = switch (verdict) {
            case SLOWER, ALLOCATES_MORE -> true;
            case MISSING -> !rules.allowMissing;
            case UNJUDGED -> rules.strict;
            case FASTER, SAME, NEW -> false;
        };
        judgements.add(judgement.with(verdict, fails));
    }
}

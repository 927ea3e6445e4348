package hesse.jmh.tuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How often {@code hesse compare} raises a false alarm, and how often it misses a slow-down: {@code java -cp
 * target/jmh/benchmarks.jar hesse.jmh.tuning.GateProof FOLDER [PAIRS]} writes FOLDER/{base,head,slow}/PAIR/ROUND.json,
 * in each round of a pair a fork of {@link GateBenchmark} for each of the three, of which the last is 15 % slower. The
 * verdicts are in {@code results/experiments/gate.md}.
 */
public final class GateProof {
    private static final int ROUNDS = 6;
    /** 3 rounds more than {@value GateBenchmark#ROUNDS}. */
    private static final int EXTRA = GateBenchmark.ROUNDS * 15 / 100;

    private GateProof() {}

    public static void main(String[] args) throws IOException, RunnerException {
        Path folder = Path.of(args[0]);
        int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        for (int k = 1; k <= pairs; k++) {
            for (int round = 1; round <= ROUNDS; round++) {
                run(folder, "base", k, round, 0);
                run(folder, "head", k, round, 0);
                run(folder, "slow", k, round, EXTRA);
            }
        }
    }

    private static void run(Path folder, String side, int k, int round, int extra) throws IOException, RunnerException {
        Path file = folder.resolve(side).resolve(String.format("%02d/%d.json", k, round));
        Files.createDirectories(file.getParent());
        new Runner(new OptionsBuilder().include(GateBenchmark.class.getName()).forks(1)
                .warmupIterations(1).warmupTime(TimeValue.milliseconds(250))
                .measurementIterations(6).measurementTime(TimeValue.milliseconds(30)).addProfiler(GCProfiler.class)
                .jvmArgs("--add-modules", "jdk.incubator.vector", "-Dhesse.threads=1", "-Dgate.extra=" + extra)
                .resultFormat(ResultFormatType.JSON).result(file.toString()).build()).run();
    }
}

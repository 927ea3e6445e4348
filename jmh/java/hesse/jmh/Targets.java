package hesse.jmh;

import hesse.jmh.kernel.MachineBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Targets of speed and what runs reached of them, as results/targets.md: of each target the figure of the last run that
 * has it.
 */
final class Targets {
    /** Medians of one run in microseconds: by class, then parameters, then method. */
    private record Run(String name, Map<String, Map<String, Map<String, Double>>> times) {
        /** Microseconds; NaN where the run does not have it. */
        double time(String benchmark, String row, String method) {
            return times.getOrDefault(benchmark, Map.of()).getOrDefault(row, Map.of()).getOrDefault(method, Double.NaN);
        }

        /** How many times as fast the second method is. */
        double speed(String benchmark, String row, String slower, String faster) {
            return time(benchmark, row, slower) / time(benchmark, row, faster);
        }

        /** The part of the machine's multiply-add peak that a kernel reaches. */
        double peak(String benchmark, String size) {
            return Plots.work(benchmark, size)[0] / time(benchmark, size, "simd")
                    / (MachineBenchmark.PEAK_OPERATIONS / time("Machine", "", "peak"));
        }

        /** The part of the machine's read bandwidth at which a kernel reads its input. */
        double bandwidth(String benchmark, String size) {
            return Plots.work(benchmark, size)[1] / time(benchmark, size, "simd")
                    / (MachineBenchmark.READ_BYTES / time("Machine", "", "read"));
        }

        /** The geometric mean over all elementary functions of one method's time over another's. */
        double mean(String over, String of) {
            return Math.exp(times.getOrDefault("Elementary", Map.of()).values().stream()
                    .mapToDouble(m -> Math.log(m.get(over) / m.get(of))).average().orElse(Double.NaN));
        }

        /** The least such ratio. */
        double least(String over, String of) {
            return times.getOrDefault("Elementary", Map.of()).values().stream()
                    .mapToDouble(m -> m.get(over) / m.get(of)).min().orElse(Double.NaN);
        }
    }

    /** @param most whether less is better */
    private record Target(String work, double asked, boolean most, ToDoubleFunction<Run> figure) {}

    private static final List<Target> TARGETS = targets();

    private Targets() {}

    private static void least(List<Target> all, String work, double asked, ToDoubleFunction<Run> figure) {
        all.add(new Target(work, asked, false, figure));
    }

    private static void most(List<Target> all, String work, double asked, ToDoubleFunction<Run> figure) {
        all.add(new Target(work, asked, true, figure));
    }

    private static List<Target> targets() {
        List<Target> all = new ArrayList<>();
        matrices(all);
        lanes(all);
        fused(all);
        return all;
    }

    private static void matrices(List<Target> all) {
        least(all, "weighted Gram 20,000 x 128, speed over dsyrk (unweighted)", 1.2,
                r -> r.speed("Gram", "20000x128", "openblasDsyrk", "simd"));
        for (String size : List.of("4096x512", "4096x1024")) {
            least(all, "weighted Gram " + size + ", over dsyrk (unweighted)", 0.95,
                    r -> r.speed("Gram", size, "openblasDsyrk", "simd"));
            least(all, "weighted Gram " + size + ", of the multiply-add peak", 0.8, r -> r.peak("Gram", size));
        }
        for (String size : List.of("20000x128", "4096x512", "4096x1024")) {
            least(all, "weighted Gram " + size + ", over scaling and dsyrk", 1,
                    r -> r.speed("Gram", size, "scaleAndDsyrk", "simd"));
        }
        for (String size : List.of("20000x8", "20000x16", "20000x32")) {
            least(all, "weighted Gram " + size + ", over the fastest rival", 1,
                    r -> r.speed("Gram", size, "openblasDsyrk", "simd"));
        }
        for (String n : List.of("64", "256", "1024", "4096")) {
            least(all, "symv n=" + n + ", over dsymv", 1, r -> r.speed("Symv", n, "openblasDsymv", "simd"));
            least(all, "symv n=" + n + ", over EJML", 2, r -> r.speed("Symv", n, "ejml", "simd"));
        }
        least(all, "symv n=4096, of the read bandwidth", 0.85, r -> r.bandwidth("Symv", "4096"));
        for (String n : List.of("16", "32", "64", "512", "1024", "2048")) {
            least(all, "Cholesky n=" + n + ", over dpotrf", 1, r -> r.speed("Cholesky", n, "openblasDpotrf", "simd"));
        }
        for (String n : List.of("10", "64", "256", "1024")) {
            least(all, "eigenvalues and vectors n=" + n + ", over EJML", 1, r -> r.speed("Eigen", n, "ejml", "simd"));
            least(all, "eigenvalues and vectors n=" + n + ", over ojAlgo", 1,
                    r -> r.speed("Eigen", n, "ojalgo", "simd"));
            least(all, "eigenvalues and vectors n=" + n + ", over dsyevd", 0.5,
                    r -> r.speed("Eigen", n, "openblasDsyevd", "simd"));
        }
        least(all, "weighted Gram 4,096 x 1,024, over the scalar twin", 8,
                r -> r.speed("Gram", "4096x1024", "scalar", "simd"));
        least(all, "Cholesky n=2048, over the scalar twin", 8, r -> r.speed("Cholesky", "2048", "scalar", "simd"));
        least(all, "weighted Gram 4,096 x 1,024, two threads over one", 1.8,
                r -> r.speed("Gram", "4096x1024", "simd", "simdTwoThreads"));
        for (String n : List.of("1024", "2048")) {
            least(all, "Cholesky n=" + n + ", two threads over one", 1.8,
                    r -> r.speed("Cholesky", n, "simd", "simdTwoThreads"));
        }
    }

    private static void lanes(List<Target> all) {
        least(all, "elementary functions, 512 bits, over SVML, geometric mean", 1.2, r -> r.mean("svml", "simd"));
        least(all, "elementary functions, 256 bits, over SVML, geometric mean", 1.2, r -> r.mean("svml256", "simd256"));
        least(all, "elementary functions, over a Math loop, the least", 6, r -> r.least("math", "simd"));
        for (String size : List.of("20000x128", "200000x16")) {
            least(all, "logistic gradient " + size + ", over two dgemv and a vectorised loss", 1.5,
                    r -> r.speed("Logistic", size, "openblas", "simd"));
            least(all, "logistic gradient " + size + ", of the read bandwidth", 0.8,
                    r -> r.bandwidth("Logistic", size));
            most(all, "logistic Hessian " + size + ", time over the weighted Gram product's", 1.15,
                    r -> r.speed("LogisticHessian", size, "simd", "gram"));
            least(all, "logistic gradient " + size + ", two threads over one", 1.8,
                    r -> r.speed("Logistic", size, "simd", "simdTwoThreads"));
        }
        least(all, "Black-Scholes, lanes over scalar", 6, r -> r.speed("BlackScholes", "", "scalar", "lanes"));
        least(all, "Black-Scholes, lanes over Hipparchus", 30, r -> r.speed("BlackScholes", "", "hipparchus", "lanes"));
        for (String model : List.of("thurber", "gauss1")) {
            least(all, model + ", lanes over scalar", 6, r -> r.speed("Models", model, "scalar", "lanes"));
            least(all, model + ", Hesse (fused) over Hipparchus", 30,
                    r -> r.speed("Models", model, "hipparchus", "simd"));
        }
    }

    private static void fused(List<Target> all) {
        least(all, "Black-Scholes, fused over lanes", 3, r -> r.speed("BlackScholes", "", "lanes", "simd"));
        least(all, "Black-Scholes, fused over scalar", 20, r -> r.speed("BlackScholes", "", "scalar", "simd"));
        most(all, "Black-Scholes, nanoseconds a point from memory", 60, r -> 1000 * r.time("BlackScholes", "", "simd"));
        least(all, "Black-Scholes from memory, speed over a flat kernel by hand", 0.8,
                r -> r.speed("BlackScholes", "", "byHand", "simdByComponent"));
        least(all, "Black-Scholes in cache, speed over a flat kernel by hand", 0.8,
                r -> r.speed("BlackScholes", "", "byHandInCache", "simdByComponentInCache"));
        most(all, "Black-Scholes, nanoseconds a point in cache", 40,
                r -> 1000 * r.time("BlackScholes", "", "simdByComponentInCache"));
        least(all, "reprojection, fused over lanes", 3, r -> r.speed("Reprojection", "", "lanes", "simd"));
        least(all, "reprojection by component, fused over lanes", 3,
                r -> r.speed("Reprojection", "", "lanesByComponent", "simdByComponent"));
        least(all, "reprojection, fused over scalar", 10, r -> r.speed("Reprojection", "", "scalar", "simd"));
        most(all, "reprojection, nanoseconds a row", 100, r -> 1000 * r.time("Reprojection", "", "simd"));
        for (String function : List.of("rosenbrock2", "wood4", "arm6", "rosenbrock100")) {
            most(all, "gradient of " + function + ", time over hand-written Java's", 1.5,
                    r -> r.speed("Point", function, "simd", "byHand"));
        }
        for (String problem : List.of("logistic200000x16", "wdbc")) {
            least(all, "minimising " + problem + ", gradient descent's time over the default's", 1,
                    r -> r.speed("Minimize", problem, "gradientDescent", "automatic"));
        }
        least(all, "random graph of 997 operations, 4,096 rows, billion operations a second", 10,
                r -> 997 * 4096 / r.time("RandomGraph", "", "simd") / 1e3);
    }

    static void write(List<String> folders) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (String folder : folders) {
            runs.addFirst(new Run(folder.substring(folder.lastIndexOf('_') + 1), Tables.times(Path.of(folder))));
        }
        StringBuilder text = new StringBuilder("# What was aimed at, and what was reached\n\n"
                + "Made by `hesse.jmh.Record --tables`; ratios within one run, whose commit stands in the last "
                + "column.\n\n"
                + "|work|asked|measured|met|run|\n|---|--:|--:|---|---|\n");
        int met = 0;
        int measured = 0;
        for (Target target : TARGETS) {
            for (Run run : runs) {
                double figure = target.figure.applyAsDouble(run);
                if (!Double.isNaN(figure)) {
                    boolean reached = target.most ? figure <= target.asked : figure >= target.asked;
                    met += reached ? 1 : 0;
                    measured++;
                    text.append(String.format(Locale.ROOT, "|%s|%s %s|%.3g|%s|%s|%n", target.work, target.most
                            ? "at most" : "at least", number(target.asked),
                            figure, reached ? "yes" : "**no**", run.name));
                    break;
                }
            }
        }
        Files.writeString(Path.of("results/targets.md"),
                text.append("\n" + met + " of " + measured + " met.\n").toString());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Integer.toString((int) value) : Double.toString(value);
    }
}

package hesse.measure;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What JMH measured of one benchmark with one choice of its parameters.
 *
 * @param name package, class and method
 * @param parameters {@code name=value} pairs, and mode, threads and batch size where these are not average time, 1 and
 *     1
 * @param forks nanoseconds of an operation, by fork and iteration, whatever the mode
 * @param bytes that an operation allocates in its most frugal iteration; NaN where allocation was not measured
 * @param jvmArguments the JVM arguments of its forks: one list for each that differs; empty where they are not known
 */
record Benchmark(String name, String parameters, double[][] forks, double bytes, Set<List<String>> jvmArguments) {
    /** The forks of both, which have the same name and parameters. */
    Benchmark and(Benchmark other) {
        double[][] all = Stream.of(forks, other.forks).flatMap(Arrays::stream).toArray(double[][]::new);
        double fewest = Double.isNaN(bytes) ? other.bytes
                : Double.isNaN(other.bytes) ? bytes : Math.min(bytes, other.bytes);
        Set<List<String>> arguments = Stream.of(jvmArguments, other.jvmArguments).flatMap(Set::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Benchmark(name, parameters, all, fewest, arguments);
    }

    /** Name and parameters: two runs measured the same benchmark where their keys are equal. */
    String key() {
        return parameters.isEmpty() ? name : name + " " + parameters;
    }

    /** Class and method without the package, and the parameters. */
    String shortName() {
        return key().replaceFirst("^([a-z_][\\w]*\\.)+(?=[A-Z])", "");
    }

    /** The times of all iterations of all forks, in nanoseconds. */
    DoubleStream iterations() {
        return Arrays.stream(forks).flatMapToDouble(Arrays::stream);
    }

    /** Its cost in nanoseconds. */
    double cost() {
        return cost(forks);
    }

    /**
     * The lower quartile over forks of the fastest iteration of each: other processes and interrupts only ever add
     * time, so this follows the code where medians follow the machine ({@code results/experiments/gate.md}).
     */
    static double cost(double[][] forks) {
        double[] fastest = Arrays.stream(forks).mapToDouble(fork -> Arrays.stream(fork).min().orElseThrow()).toArray();
        return Quantile.lowerQuartile(fastest);
    }
}

/**
 * Measurement, below the command line: what JMH measured ({@link hesse.measure.Measurements}), the comparison of two
 * runs that gates a change ({@link hesse.measure.Comparison}), the records of runs that stand under
 * {@code results/runs} ({@link hesse.measure.RunRecord}), and the search for the fastest block sizes
 * ({@link hesse.measure.TuningSearch}). It prints nothing: callers ({@code hesse.cli}, the benchmarks in {@code jmh})
 * get texts to print. It reads and writes JSON by Jackson and draws by XChart, both optional dependencies. Objects here
 * belong to one thread.
 */
package hesse.measure;

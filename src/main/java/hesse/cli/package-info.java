/**
 * The command line, {@code hesse analyze}, {@code minimize}, {@code fit}, {@code bench}, {@code compare}, {@code tune}
 * and {@code demo}: the only package that prints. It needs the optional dependencies picocli, Jackson, FastCSV and
 * XChart. Every failure is one message on standard error: exit code 2 for bad usage or input, 1 for an answer that
 * could not be written or a check that failed. Nothing uses it; one thread runs a command.
 */
package hesse.cli;

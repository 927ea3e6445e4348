/**
 * The command line, {@code hesse analyze}, {@code minimize}, {@code fit}, {@code bench}, {@code compare}, {@code tune} and {@code demo}: the only
 * package that prints, and the only one that needs the optional dependencies picocli, Jackson, FastCSV and XChart. Whatever is wrong is
 * one message on standard error: exit code 2 for usage and input, 1 for an answer that could not be written or a check that failed.
 */
package hesse.cli;

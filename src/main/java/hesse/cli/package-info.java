/**
 * The command line, {@code hesse analyze} and {@code hesse demo}: the only package that prints, and the only one that needs
 * the optional dependencies picocli, Jackson and XChart.
 */
package hesse.cli;

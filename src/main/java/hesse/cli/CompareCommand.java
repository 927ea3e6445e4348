package hesse.cli;

import hesse.measure.Comparison;
import hesse.measure.ComparisonReport;
import hesse.measure.Measurements;
import hesse.measure.Picture;
import hesse.measure.RatioPlot;
import hesse.measure.UserFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hesse compare}: two JMH runs of any project, benchmark by benchmark; exit code 1 where head is worse. */
@Command(
        name = "compare",
        description = "Compares JMH results of any project: a gate for continuous integration.",
        footer = {
            "",
            "BASE and HEAD are JMH's JSON files (-rf json -prof gc), or folders of them, whose forks add",
            "up. A cost is the lower quartile over forks of each one's fastest iteration, since",
            "neighbours only ever add time. A benchmark fails where the ratio of costs is beyond its",
            "limit and the bootstrap tells it from chance (5 %% for all benchmarks together, Holm), where",
            "it allocates more, or where head does not have it. At least 3 forks a side: fewer are judged",
            "by their iterations, to a limit 1.8 times as wide. Far better, on a machine with neighbours:",
            "5 rounds or more in turn, one fork each, base/1.json, head/1.json, base/2.json, ...; of two",
            "folders round k is compared with round k. A benchmark at another mode or number of threads is",
            "another benchmark. Exit code 1 where one fails, 2 where a file holds no measurements.",
            "Example: hesse compare base.json head.json --fail-over 10%% --markdown summary.md"
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BASE", description = "what was")
    private Path base;

    @Parameters(index = "1", paramLabel = "HEAD", description = "what is new")
    private Path head;

    @Option(names = "--fail-over", paramLabel = "PERCENT", defaultValue = "10%",
            description = "how much slower a benchmark may become (default: 10%%)")
    private String limit;

    @Option(names = "--reference", paramLabel = "NAME",
            description = "divide each cost by that of this benchmark of the same run: a sibling method, "
                    + "or Class.method parameters; machines of different speed compare so")
    private String reference;

    @Option(names = "--noise", paramLabel = "PATH", arity = "1..*",
            description = "runs of one and the same code, a file each, or folders of them: "
                    + "no benchmark's limit is below what these differ by")
    private List<Path> noise = List.of();

    @Option(names = "--only", paramLabel = "REGEX", description = "benchmarks whose name and parameters contain this")
    private String only;

    @Option(names = "--allow-missing", description = "what head does not have passes")
    private boolean allowMissing;

    @Option(names = "--strict",
            description = "what cannot be judged fails: too few iterations, or allocation that only base measured")
    private boolean strict;

    @Option(names = "--allow-jvm-arguments",
            description = "base and head, or their forks, may have run with different JVM arguments")
    private boolean allowArguments;

    @Option(names = "--markdown", paramLabel = "FILE",
            description = "write a summary for a pull request (added to an existing file)")
    private Path markdown;

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures")
    private Path json;

    @Option(names = "--plot", paramLabel = "FILE", description = "draw ratios and intervals, as .svg or .png")
    private Path plot;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException {
        if (plot != null) {
            Picture.requireFormat(plot);
        }
        Pattern pattern = pattern();
        List<Measurements> floor = new ArrayList<>();
        for (Path path : noise) {
            for (Path file : Measurements.files(path)) {
                floor.add(Measurements.read(file, pattern));
            }
        }
        if (floor.size() == 1) {
            throw new IllegalArgumentException("--noise: one run does not differ from itself, give two or more");
        }
        Comparison comparison = new Comparison(Measurements.read(base, pattern), Measurements.read(head, pattern),
                new Comparison.Rules(ratio(limit), reference, floor, allowMissing, allowArguments, strict,
                        Files.isDirectory(base) && Files.isDirectory(head)));
        ComparisonReport report = new ComparisonReport(comparison);
        System.out.print(report.text());
        if (markdown != null) {
            UserFile.write(markdown, report.markdown(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        if (json != null) {
            UserFile.write(json, report.json());
        }
        if (plot != null) {
            RatioPlot.write(comparison, plot);
        }
        return comparison.fails() ? 1 : 0;
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(only == null ? "" : only);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("--only " + only + ": " + e.getDescription() + " at character "
                    + (e.getIndex() + 1), e);
        }
    }

    /** The ratio that a percentage or a fraction allows: 1.1 for 10% and for 0.1. */
    private static double ratio(String text) {
        boolean percent = text.endsWith("%");
        double value = Decimal.parse(percent ? text.substring(0, text.length() - 1) : text).orElse(Double.NaN)
                / (percent ? 100 : 1);
        if (value >= 0 && value < 100) {
            return 1 + value;
        }
        throw new IllegalArgumentException("--fail-over " + text
                + ": expected a percentage such as 10%, or a fraction such as 0.1");
    }
}

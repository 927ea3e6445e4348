package hesse.jmh;

import hesse.measure.RunRecord;
import hesse.measure.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Recorded runs as Markdown: the tables of README.md and the list of all runs in results/README.md. */
final class Tables {
    private static final String BEGIN = "<!-- tables of a run, by hesse.jmh.Record -->";
    private static final String END = "<!-- end of tables -->";

    private Tables() {}

    /** Medians of a run in microseconds: by class, then parameters, then method. */
    static Map<String, Map<String, Map<String, Double>>> times(Path folder) throws IOException {
        return RunSummary.times(RunRecord.results(folder));
    }

    /** The list of runs in results/README.md. */
    static void index() throws IOException {
        StringBuilder list = new StringBuilder("\n|run|commit|CPU|JDK|benchmarks|\n|---|---|---|---|--:|\n");
        try (Stream<Path> runs = Files.list(Path.of("results/runs"))) {
            for (Path run : runs.sorted().toList()) {
                Map<String, Object> env = RunRecord.environment(run);
                int count = RunRecord.results(run).size();
                String what = env.get("command").toString().replaceFirst(".*Record ?", "").replace("|", "\\|");
                String changes = env.get("dirty").equals(true) ? " (with changes)" : "";
                list.append(String.format("|[%s](runs/%s/summary.md)|%s%s|%s|%s|%d|%n", what.isEmpty() ? "all" : what,
                        run.getFileName(), env.get("git"), changes, env.get("cpu"), env.get("jdk"), count));
            }
        }
        replace(Path.of("results/README.md"), list.toString());
    }

    private static void replace(Path file, String between) throws IOException {
        String text = Files.readString(file);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(file, text.substring(0, from) + between + text.substring(text.indexOf(END)));
    }

    /** Puts the tables of runs between the markers of README.md; of a class in several runs those of the last. */
    static void readme(List<String> folders) throws IOException {
        Map<String, String> tables = new TreeMap<>();
        StringBuilder sources = new StringBuilder("Microseconds, median of the forks' medians; in brackets the time as"
                + " a multiple of simd's in the same run. Runs:");
        for (String folder : folders) {
            String[] sections = Files.readString(Path.of(folder, "summary.md")).split("\n## ");
            for (int i = 1; i < sections.length; i++) {
                tables.put(sections[i].lines().findFirst().orElseThrow(), sections[i].strip());
            }
            sources.append("\n- [").append(Path.of(folder).getFileName())
                    .append("](").append(folder).append("/summary.md): ")
                    .append(sections[0].strip().lines().toList().getLast().replaceFirst(" Microseconds.*", ""));
        }
        StringBuilder all = new StringBuilder("\n").append(sources).append('\n');
        tables.values().forEach(table -> all.append("\n### ").append(table).append('\n'));
        replace(Path.of("README.md"), all.toString());
    }
}

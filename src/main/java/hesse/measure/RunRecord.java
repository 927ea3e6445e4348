package hesse.measure;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.Hesse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The record of a run of benchmarks, in a folder {@code DATE_CPU_JDK_SHA} of its own ({@code results/SCHEMA.md}):
 * {@code jmh.json} as JMH wrote it, {@code env.json} with machine, JDK and commit, {@code summary.md} for people. A
 * folder that exists is never written to.
 */
public final class RunRecord {
    private final Path folder;
    private final Map<String, Object> env;
    private final List<Object> results = new ArrayList<>();

    private RunRecord(Path folder, Map<String, Object> env) {
        this.folder = folder;
        this.env = env;
    }

    /**
     * Begins the record of a run in the current checkout. Makes its folder at once, so that one that cannot be made
     * fails before anything is measured.
     *
     * @param out the folder under which it gets its own
     * @param command what was run, for {@code env.json}
     * @param suffix of the folder's name; may be empty
     * @param allowDirty whether the checkout may have changes that are not committed
     * @throws IllegalArgumentException where it has such changes and may not: the record would not name what it
     *     measured
     */
    public static RunRecord begin(Path out, String command, List<String> jvmArguments, int forks, String suffix,
            boolean allowDirty) throws IOException {
        Map<String, Object> env = environment(command, jvmArguments, forks);
        boolean dirty = env.get("dirty").equals(true);
        if (dirty && !allowDirty) {
            throw new IllegalArgumentException("the checkout has changes that are not committed; commit them, or say "
                    + "--allow-dirty");
        }
        String name = String.join("_", LocalDate.now().toString(), slug(env.get("cpu")), "jdk" + slug(env.get("jdk")),
                slug(env.get("git")) + (dirty ? "-dirty" : "") + suffix);
        return new RunRecord(Files.createDirectories(unused(out, name)), env);
    }

    /** A folder of this name that does not exist, numbered where the name is taken. */
    static Path unused(Path out, String name) {
        Path folder = out.resolve(name);
        for (int k = 2; Files.exists(folder); k++) {
            folder = out.resolve(name + "-" + k);
        }
        return folder;
    }

    private static Map<String, Object> environment(String command, List<String> jvmArguments, int forks)
            throws IOException {
        Map<String, Object> env = new LinkedHashMap<>();
        env.put("cpu", Processor.name().orElse("unknown CPU"));
        env.put("cores", Runtime.getRuntime().availableProcessors());
        env.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        env.put("jdk", System.getProperty("java.runtime.version"));
        env.put("vm", System.getProperty("java.vm.name"));
        env.put("runtime", Hesse.runtime().toString());
        env.put("git", git("rev-parse", "--short", "HEAD"));
        env.put("dirty", !git("status", "--porcelain", "--untracked-files=no").isEmpty());
        env.put("date", LocalDate.now().toString());
        env.put("command", command);
        env.put("jvmArguments", jvmArguments);
        env.put("forks", forks);
        env.put("tuning", Hesse.tuning());
        return env;
    }

    private static String git(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        byte[] printed = new ProcessBuilder(command).start().getInputStream().readAllBytes();
        return new String(printed, StandardCharsets.UTF_8).strip();
    }

    private static String slug(Object text) {
        return text.toString().replaceAll("[^A-Za-z0-9.+]+", "-");
    }

    /** Where the record stands. */
    public Path folder() {
        return folder;
    }

    /** Deletes the folder where nothing was added; whether that was so. */
    public boolean discardEmpty() throws IOException {
        return results.isEmpty() && Files.deleteIfExists(folder);
    }

    /**
     * Adds the results that JMH wrote to a file and writes the record so far, so that a run that is stopped keeps what
     * it has. The path of the JVM is left out.
     */
    public void add(Path jmh) throws IOException {
        results.addAll(JSON.std.listFrom(Files.readString(jmh)));
        JSON pretty = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);
        String list = pretty.asString(results).replaceAll("\"jvm\" : \"[^\"]*\"", "\"jvm\" : \"java\"");
        Files.writeString(folder.resolve("jmh.json"), list + "\n");
        Files.writeString(folder.resolve("env.json"), pretty.asString(env) + "\n");
        Files.writeString(folder.resolve("summary.md"), RunSummary.markdown(env, results));
    }

    /** The results of a run that was recorded, as JMH wrote them. */
    public static List<Object> results(Path folder) throws IOException {
        return JSON.std.listFrom(Files.readString(folder.resolve("jmh.json")));
    }

    /** The machine, JDK and commit of a run that was recorded. */
    public static Map<String, Object> environment(Path folder) throws IOException {
        return JSON.std.mapFrom(Files.readString(folder.resolve("env.json")));
    }
}

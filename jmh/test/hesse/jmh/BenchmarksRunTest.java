package hesse.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every benchmark runs once, at its smallest size; its set-up checks that all methods agree. Those of a {@link Rival}
 * run in a JVM of their own; of one that is absent or crashes a line of the output says why.
 */
public class BenchmarksRunTest {
    @TestFactory
    Collection<DynamicTest> everyBenchmarkOnce() {
        Set<BenchmarkListEntry> entries = new TreeSet<>(BenchmarkList.defaultList().getAll(null, List.of()));
        assertFalse(entries.isEmpty());
        return entries.stream().map(entry -> DynamicTest.dynamicTest(entry.getUsername(), () -> once(entry)))
                .collect(Collectors.toList());
    }

    private static void once(BenchmarkListEntry entry) throws Exception {
        if (!isOfRival(entry)) {
            runOnce(entry);
            return;
        }
        RivalJvm rival = RivalJvm.run(BenchmarksRunTest.class, entry.getUsername());
        System.out.println(entry.getUsername() + ": "
                + (rival.why() == null ? "ran" : "not available: " + rival.why()));
        assertFalse(rival.failed(), () -> String.join("\n", rival.lines()));
    }

    private static boolean isOfRival(BenchmarkListEntry entry) throws ClassNotFoundException {
        String name = entry.getUsername();
        return Arrays.stream(Class.forName(entry.getUserClassQName()).getMethods())
                .filter(method -> name.endsWith("." + method.getName()))
                .flatMap(method -> Arrays.stream(method.getParameterTypes())).anyMatch(Rival.class::isAssignableFrom);
    }

    /** Runs one benchmark in this JVM. */
    public static void main(String[] arguments) {
        try {
            runOnce(BenchmarkList.defaultList().getAll(null, List.of()).stream()
                    .filter(entry -> entry.getUsername().equals(arguments[0])).findFirst().orElseThrow());
        } catch (Throwable thrown) {
            RivalJvm.end(thrown);
        }
    }

    private static void runOnce(BenchmarkListEntry entry) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + entry.getUsername().replace(".", "\\.") + "$").forks(0).mode(Mode.SingleShotTime)
                .warmupIterations(0).measurementIterations(1).timeout(TimeValue.minutes(1))
                .verbosity(VerboseMode.SILENT).shouldFailOnError(true);
        Map<String, String> smallest = new HashMap<>();
        for (String name : entry.getParams().hasValue() ? entry.getParams().get().keySet() : Set.<String>of()) {
            smallest.put(name, entry.getParams().get().get(name)[0]);
        }
        smallest.forEach(options::param);
        Collection<RunResult> results = new Runner(options.build()).run();
        assertEquals(1, results.size());
    }
}

package hesse;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The order of the house beyond {@link LayersTest}: circles of packages and classes, names that stand for one type,
 * lengths of files and lines.
 */
class HouseTest {
    private static final int LARGEST_CIRCLE = 3;
    private static final int LONGEST_LINE = 120;

    private static final int LONGEST_FILE = 350;
    /** Packages whose files are short. */
    private static final Set<String> SHORT_FILES = Set.of("hesse.cli", "hesse.emit", "hesse.measure",
            "hesse.optimize", "hesse.plan", "hesse.run", "hesse.tier");

    /** Names that users see twice: {@code Minimize}'s and {@code LeastSquares}' method. */
    private static final Set<String> PUBLIC_NAMES_OF_TWO = Set.of("Method");

    /** Top-level classes of main by full name, each with the others that it names. */
    private static Map<String, Set<String>> uses;
    /** Full names of all types of main that have a name, nested ones too. */
    private static Set<String> types;

    @BeforeAll
    static void readClassFiles() throws IOException, URISyntaxException {
        Path root = Path.of(Objective.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        uses = ClassUses.of(root, "hesse/jmh/");
        types = ClassUses.named(root, "hesse/jmh/");
        assertTrue(uses.size() > 100, "top-level classes found: " + uses.size());
    }

    @Test
    void noPackageCircle() {
        Map<String, Set<String>> packages = new TreeMap<>();
        uses.forEach((name, others) -> others.stream().map(HouseTest::packageOf)
                .filter(other -> !other.equals(packageOf(name)))
                .forEach(packages.computeIfAbsent(packageOf(name), key -> new TreeSet<>())::add));
        assertEquals(List.of(), circles(packages),
                "packages that use each other: move the class that is used from above to the lower package");
    }

    @Test
    void noClassCircleOfMoreThanThree() {
        for (Set<String> circle : circles(uses)) {
            assertTrue(circle.size() <= LARGEST_CIRCLE, () -> "a circle of " + circle.size()
                    + " classes, each of which uses all others in the end: " + circle + ". Put what they share (a"
                    + " limit,"
                    + " a mode, a result) into a file of its own, or hand it over as a parameter");
        }
    }

    @Test
    void linesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources("src", "jmh")) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > LONGEST_LINE) {
                    tooLong.add(file + ":" + (i + 1) + ": " + lines.get(i).length());
                }
            }
        }
        assertTrue(tooLong.isEmpty(), () -> tooLong.size() + " lines are longer than " + LONGEST_LINE
                + " characters, break them:\n" + String.join("\n", tooLong));
    }

    @Test
    void filesHoldOneIdea() throws IOException {
        for (Path file : sources("src/main")) {
            List<String> lines = Files.readAllLines(file);
            if (SHORT_FILES.contains(packageOf(lines))) {
                assertTrue(lines.size() < LONGEST_FILE, file + " has " + lines.size() + " lines, expected fewer than "
                        + LONGEST_FILE + ": split it along its ideas");
            }
        }
    }

    @Test
    void oneNameOneType() {
        Map<String, List<String>> bySimpleName = types.stream().collect(groupingBy(HouseTest::simpleName, TreeMap::new,
                toCollection(ArrayList::new)));
        bySimpleName.values().removeIf(named -> named.size() == 1);
        bySimpleName.keySet().removeIf(PUBLIC_NAMES_OF_TWO::contains);
        assertTrue(bySimpleName.isEmpty(),
                () -> "names that stand for more than one type; rename the one that users do not see: "
                + bySimpleName.entrySet().stream().map(Object::toString).collect(joining(", ")));
    }

    @Test
    void circlesAreFound() {
        Map<String, Set<String>> graph = Map.of("a", Set.of("b"), "b", Set.of("c", "d"), "c", Set.of("a"),
                "d", Set.of("e"),
                "e", Set.of("e"), "f", Set.of("a"));
        assertEquals(List.of(Set.of("a", "b", "c")), circles(graph));
        assertFalse(circles(Map.of("a", Set.of("b"), "b", Set.of("a"))).isEmpty());
    }

    /** Sets of two or more nodes each of which reaches all others. */
    private static List<Set<String>> circles(Map<String, Set<String>> graph) {
        Map<String, Set<String>> reached = new TreeMap<>();
        graph.keySet().forEach(start -> reached.put(start, reachedFrom(start, graph)));
        List<Set<String>> circles = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (String start : reached.keySet()) {
            Set<String> circle = reached.get(start).stream()
                    .filter(other -> reached.getOrDefault(other, Set.of()).contains(start))
                    .collect(toCollection(TreeSet::new));
            if (circle.size() > 1 && done.addAll(circle)) {
                circles.add(circle);
            }
        }
        return circles;
    }

    private static Set<String> reachedFrom(String start, Map<String, Set<String>> graph) {
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            for (String next : graph.getOrDefault(open.removeLast(), Set.of())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    private static List<Path> sources(String... roots) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String root : roots) {
            try (Stream<Path> walk = Files.walk(Path.of(root))) {
                walk.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** The package that a source file says it is of; empty for a module descriptor. */
    private static String packageOf(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("package ")).findFirst()
                .map(line -> line.substring("package ".length(), line.indexOf(';'))).orElse("");
    }

    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.'));
    }

    /** The name after the last dot or dollar sign. */
    private static String simpleName(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }
}

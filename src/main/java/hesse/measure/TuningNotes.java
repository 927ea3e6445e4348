package hesse.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The measurements of a search so far, kept in a file, so that an interrupted search goes on. The first line says on
 * which machine, JDK and version they were made: a file of another one is moved aside. Every line ends with the CRC-32
 * of the text before it, so that a line that was cut off or overwritten is left out and measured again.
 */
final class TuningNotes {
    private final Path file;
    private final Map<String, Double> costs = new LinkedHashMap<>();
    private String found = "";

    private TuningNotes(Path file) {
        this.file = file;
    }

    /** Reads the notes that were made under these conditions, and makes the file ready for more. */
    static TuningNotes open(Path file, String conditions) throws IOException {
        TuningNotes notes = new TuningNotes(file);
        String head = signed("# " + conditions.replaceAll("\\s+", " "));
        String[] lines = read(file).split("\n");
        boolean empty = lines.length == 1 && lines[0].isEmpty();
        if (lines[0].equals(head)) {
            int damaged = 0;
            for (int i = 1; i < lines.length; i++) {
                damaged += notes.add(lines[i]) ? 0 : 1;
            }
            String left = damaged + (damaged == 1 ? " damaged line is" : " damaged lines are") + " left out";
            notes.found = "going on with " + notes.costs.size() + " measurements of " + file
                    + (damaged == 0 ? "" : "; " + left);
        } else if (!empty) {
            Path aside = Path.of(file + ".other");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            notes.found = file + " is damaged, or of another machine, JDK or version: moved to " + aside
                    + ", measuring anew";
        }
        StringBuilder text = new StringBuilder(head).append('\n');
        notes.costs.forEach((name, cost) -> text.append(line(name, cost)));
        Path fresh = Path.of(file + ".new");
        UserFile.write(fresh, text.toString());
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return notes;
    }

    /** The file's bytes as text, valid UTF-8 or not: a line with bytes that are not fails its checksum. */
    private static String read(Path file) throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    }

    /** Takes a line "name cost checksum" and says whether it is whole. */
    private boolean add(String line) {
        int end = line.lastIndexOf(' ');
        int middle = end < 0 ? -1 : line.lastIndexOf(' ', end - 1);
        if (middle < 0 || !signed(line.substring(0, end)).equals(line)) {
            return false;
        }
        double cost;
        try {
            cost = Double.parseDouble(line.substring(middle + 1, end));
        } catch (NumberFormatException e) {
            return false;
        }
        if (!(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
            return false;
        }
        costs.put(line.substring(0, middle), cost);
        return true;
    }

    private static String line(String name, double cost) {
        return signed(name + " " + cost) + "\n";
    }

    private static String signed(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return text + " " + String.format("%08x", sum.getValue());
    }

    /** A line that says what the file held when it was opened; empty where there was no file. */
    String found() {
        return found;
    }

    boolean has(String name) {
        return costs.containsKey(name);
    }

    /** The cost of a measurement that these notes have, in nanoseconds. */
    double cost(String name) {
        return costs.get(name);
    }

    /** Keeps a measurement, in the file at once. */
    void keep(String name, double cost) throws IOException {
        costs.put(name, cost);
        UserFile.write(file, line(name, cost), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Deletes the file: the search is complete. */
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}

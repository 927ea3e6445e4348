package hesse.cli;

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
 * What was measured so far, kept in a file, so that an interrupted search goes on. The first line says on which machine, JDK and version:
 * notes of others are put aside. Every line ends with a checksum of what is before it, so that one which was cut off, or written over, is
 * left out and measured again.
 */
final class TuningNotes {
    private final Path file;
    private final Map<String, Double> costs = new LinkedHashMap<>();

    private TuningNotes(Path file) {
        this.file = file;
    }

    /** Reads the notes of these conditions, tells on standard error what it found, and makes the file ready for more. */
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
            System.err.println("going on with " + notes.costs.size() + " measurements of " + file
                    + (damaged == 0 ? "" : "; " + damaged + (damaged == 1 ? " damaged line is" : " damaged lines are") + " left out"));
        } else if (!empty) {
            Path aside = Path.of(file + ".other");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            System.err.println(file + " is damaged, or of another machine, JDK or version: moved to " + aside + ", measuring anew");
        }
        StringBuilder text = new StringBuilder(head).append('\n');
        notes.costs.forEach((name, cost) -> text.append(line(name, cost)));
        Path fresh = Path.of(file + ".new");
        UserFile.write(fresh, text.toString());
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return notes;
    }

    /** Any bytes as text: those that are no UTF-8 fail their line's checksum. */
    private static String read(Path file) throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    }

    private boolean add(String line) {
        int end = line.lastIndexOf(' ');
        int middle = end < 0 ? -1 : line.lastIndexOf(' ', end - 1);
        if (middle < 0 || !signed(line.substring(0, end)).equals(line)) {
            return false;
        }
        double cost = Decimal.parse(line.substring(middle + 1, end)).orElse(Double.NaN);
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

    boolean has(String name) {
        return costs.containsKey(name);
    }

    double cost(String name) {
        return costs.get(name);
    }

    /** Keeps a measurement, in the file at once. */
    void keep(String name, double cost) throws IOException {
        costs.put(name, cost);
        UserFile.write(file, line(name, cost), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The search is over. */
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}

package org.stonechat.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Json;

/// The figures of a run, for people and for programs.
///
/// @param figures in the order in which they were measured
public record Report(List<Figure> figures) {

    private static final List<String> HEAD = List.of("", "measured", "", "floor", "ratio", "aim", "");

    public Report {
        figures = List.copyOf(figures);
    }

    /// How many aims were missed.
    public long missed() {
        return figures.stream().filter(figure -> !figure.ok()).count();
    }

    /// Text in columns, numbers to the right.
    public String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(List.of(
                figure.name(),
                number(figure.value()),
                figure.unit(),
                number(figure.floor()),
                figure.ratio() == null ? "" : String.format(Locale.ROOT, "%.3f", figure.ratio()),
                figure.aim() == null ? "" : figure.aim(),
                figure.aim() == null ? "" : figure.ok() ? "ok" : "MISSED")));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < widths.length; column++) {
                String space = " ".repeat(widths[column] - row.get(column).length());
                boolean right = column == 1 || column == 3 || column == 4;
                line.append(' ').append(right ? space + row.get(column) : row.get(column) + space);
                line.append(column == 1 ? "" : " ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /// Writes the figures as a JSON array.
    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file, Json.write(figures.stream().map(Figure::json).toList()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String number(@Nullable Double number) {
        if (number == null) {
            return "";
        }
        return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : "%.1f", number);
    }
}

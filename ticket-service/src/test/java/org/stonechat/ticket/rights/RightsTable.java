package org.stonechat.ticket.rights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The table right × scope × role of the canvas, which is the promise that the tests hold the service to.
final class RightsTable {

    private static final Path CANVAS = Path.of("README.md");
    private static final String HEAD = "| Right | Scope |";

    private RightsTable() {}

    /// @param expected yes, 403 or 404
    record Cell(String right, String scope, String role, String expected) {

        @Override
        public String toString() {
            return right + ", " + scope + ", " + role + ": " + expected;
        }
    }

    static List<Cell> read() {
        List<String> lines;
        try {
            lines = Files.readAllLines(CANVAS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        int head = 0;
        while (!lines.get(head).startsWith(HEAD)) {
            head++;
        }
        List<String> roles =
                cells(lines.get(head)).subList(2, cells(lines.get(head)).size());
        List<Cell> cells = new ArrayList<>();
        for (int line = head + 2; line < lines.size() && lines.get(line).startsWith("|"); line++) {
            List<String> row = cells(lines.get(line));
            for (int role = 0; role < roles.size(); role++) {
                cells.add(new Cell(row.get(0), row.get(1), roles.get(role), row.get(role + 2)));
            }
        }
        return cells;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
                .map(String::strip)
                .toList();
    }
}

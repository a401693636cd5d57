package org.stonechat.ticket.department;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stonechat.ticket.department.StageCategory.CLOSED;
import static org.stonechat.ticket.department.StageCategory.NEW;
import static org.stonechat.ticket.department.StageCategory.ON_HOLD;
import static org.stonechat.ticket.department.StageCategory.PENDING;
import static org.stonechat.ticket.department.StageCategory.SOLVED;

class StageCategoryTest {

    private static final String HEAD = "| from \\ to |";

    @Test
    void shouldAllowExactlyTheTransitionsOfTheTableInTheCanvas() throws IOException {
        Map<StageCategory, Set<StageCategory>> table = table();

        assertThat(table).containsOnlyKeys(StageCategory.values());
        for (StageCategory from : StageCategory.values()) {
            for (StageCategory to : StageCategory.values()) {
                assertThat(from.mayBecome(to))
                        .as("%s → %s", from, to)
                        .isEqualTo(from == to || table.get(from).contains(to));
            }
        }
    }

    /// What each category may become, as the canvas has it.
    private static Map<StageCategory, Set<StageCategory>> table() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md")).stream()
                .dropWhile(line -> !line.startsWith(HEAD))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        List<StageCategory> to =
                cells(lines.getFirst()).stream().map(StageCategory::valueOf).toList();
        Map<StageCategory, Set<StageCategory>> table = new EnumMap<>(StageCategory.class);
        for (String line : lines.subList(2, lines.size())) {
            List<String> cells = cells(line);
            Set<StageCategory> next = EnumSet.noneOf(StageCategory.class);
            for (int column = 0; column < to.size(); column++) {
                if (cells.get(column).startsWith("yes")) {
                    next.add(to.get(column));
                }
            }
            table.put(StageCategory.valueOf(line.split("\\|")[1].strip()), next);
        }
        return table;
    }

    /// All but the first, which is the head of the row.
    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .skip(1)
                .map(String::strip)
                .toList();
    }

    @Test
    void shouldNeverReturnToNew() {
        assertThat(Arrays.stream(StageCategory.values())
                        .filter(from -> from.successors().contains(NEW)))
                .isEmpty();
    }

    @Test
    void shouldFoldWhatIsDone() {
        assertThat(Arrays.stream(StageCategory.values()).filter(StageCategory::folded))
                .containsExactly(SOLVED, CLOSED);
    }

    @Test
    void shouldReopenOnACustomersMessageWhatWaitsOrIsSolved() {
        assertThat(Arrays.stream(StageCategory.values()).filter(StageCategory::reopensOnCustomerMessage))
                .containsExactly(PENDING, ON_HOLD, SOLVED);
    }
}

package org.stonechat.e2e;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.stonechat.e2e.KnownOperations.Known;

import static org.assertj.core.api.Assertions.assertThat;

class KnownOperationsTest {

    @Test
    void shouldHaveACallForSomethingOfAnotherDepartmentOrSayWhyThereIsNone() {
        List<String> unsaid = KnownOperations.all().entrySet().stream()
                .filter(operation -> !isSaid(operation.getValue()))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(KnownOperations.all()).hasSizeGreaterThan(100);
        assertThat(unsaid).isEmpty();
    }

    /// One of both, never both: a call that is made needs no excuse.
    private static boolean isSaid(Known known) {
        String why = known.unscoped();
        return known.elsewhere() == null ? why != null && !why.isBlank() : why == null;
    }
}

package org.stonechat.ticket.writing;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlaceholdersTest {

    @Test
    void shouldKnowItsPlaceholdersAndRefuseOthers() {
        assertThatCode(() ->
                        Placeholders.check("Dear {{customer.name}}, {{ ticket.number }} {{agent.name|we}} { {x} }"))
                .doesNotThrowAnyException();
        for (String wrong : new String[] {"{{customer}}", "{{}}", "{{customer.name.first}}", "{{ 1 }}"}) {
            assertThatThrownBy(() -> Placeholders.check(wrong))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.error()).isEqualTo(TicketError.PLACEHOLDER_UNKNOWN));
        }
    }

    @Test
    void shouldUndoWhatTheSanitizerDoesToBraces() {
        assertThat(Placeholders.kept("<p>{<!-- -->{agent.name}}</p>")).isEqualTo("<p>{{agent.name}}</p>");
        assertThat(Placeholders.kept(null)).isNull();
    }
}

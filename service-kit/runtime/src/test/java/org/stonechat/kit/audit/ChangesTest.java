package org.stonechat.kit.audit;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChangesTest {

    record Door(String name, List<String> keys, @Nullable String clientSecret, int version) {}

    private static final Door BEFORE = new Door("north", List.of("a"), "s3cret", 1);

    @Test
    void shouldSayWhichFieldsChangedAndHow() {
        assertThat(Changes.between(BEFORE, new Door("south", List.of("a", "b"), "s3cret", 2))
                        .fields())
                .containsExactly(
                        new FieldChange("name", "north", "south", false),
                        new FieldChange("keys", "[\"a\"]", "[\"a\",\"b\"]", false));
    }

    @Test
    void shouldSayOfASecretThatItChangedAndNoMore() {
        assertThat(Changes.between(BEFORE, new Door("north", List.of("a"), "an0ther", 2))
                        .fields())
                .containsExactly(new FieldChange("clientSecret", null, null, true));
        assertThat(Changes.none().andWithheld("password").fields())
                .containsExactly(new FieldChange("password", null, null, true));
    }

    @Test
    void shouldTellWhatIsMadeAndWhatIsRemoved() {
        Door bare = new Door("north", List.of(), null, 1);

        assertThat(Changes.between(null, bare).fields())
                .containsExactly(
                        new FieldChange("name", null, "north", false), new FieldChange("keys", null, "[]", false));
        assertThat(Changes.between(bare, null).fields()).contains(new FieldChange("name", "north", null, false));
        assertThat(Changes.between(bare, bare).isEmpty()).isTrue();
    }

    @Test
    void shouldCutWhatIsLong() {
        assertThat(Changes.between(null, new Door("ä".repeat(1000), List.of(), null, 1))
                        .fields()
                        .getFirst()
                        .to())
                .hasSize(300)
                .endsWith("ä…");
    }

    @Test
    void shouldWithholdAndLeaveOutWhatItIsTold() {
        Changes changes = Changes.between(BEFORE, new Door("south", List.of("b"), "s3cret", 2));

        assertThat(changes.withholding("name").without("keys").fields())
                .containsExactly(new FieldChange("name", null, null, true));
        assertThat(changes.withholding("colour").fields()).isEqualTo(changes.fields());
    }
}

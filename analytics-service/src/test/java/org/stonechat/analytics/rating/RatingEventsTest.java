package org.stonechat.analytics.rating;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stonechat.testing.contract.Contracts;

import static org.assertj.core.api.Assertions.assertThat;

/// What is read of the golden examples of `ratings`.
class RatingEventsTest {

    @ParameterizedTest
    @CsvSource({"RatingRequested, false", "RatingGiven, true", "RatingChanged, true"})
    void shouldReadWhoseRatingItIsAndItsFace(String type, boolean faced) {
        RatingEvents.Rating rating =
                Contracts.example("ratings", type).received().dataAs(RatingEvents.Rating.class);

        assertThat(rating.ticketId()).isNotNull();
        assertThat(rating.departmentId()).isNotNull();
        if (faced) {
            assertThat(rating.face()).isIn("SATISFIED", "OKAY", "DISSATISFIED");
            assertThat(rating.internalOnly()).isNotNull();
        }
    }
}

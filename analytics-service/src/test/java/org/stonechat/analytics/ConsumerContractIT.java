package org.stonechat.analytics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Concerns;
import org.stonechat.testing.contract.ConsumerContract;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithRealParts
class ConsumerContractIT {

    @Inject
    DataSource dataSource;

    @Test
    void shouldTakeInEveryGoldenExampleOfTheTopicsItListensTo() throws SQLException {
        ConsumerContract.assertTakesInEveryExample(dataSource);

        assertThat(texts("select distinct kind from ticket_occurrence"
                        + " where ticket_id = '0197b2c4-0001-7001-8a5e-4b6f90d1c001' order by kind"))
                .containsExactly("CREATED", "FIRST_REPLY", "REOPENED", "SOLVED");
        // Answered, and the answer taken back again.
        assertThat(texts("select stars::text from review_fact"
                        + " where review_id = '0197b2c4-0002-7003-8a5e-4b6f90d1c003' and answered_at is null"))
                .hasSize(1);
        assertThat(texts("select face from rating_fact where rating_id = '0197b2c4-0001-7008-8a5e-4b6f90d1c008'"))
                .hasSize(1)
                .doesNotContainNull();
        assertThat(texts("select name from directory_name where id = '0197a000-0000-7000-8000-000000000101'"))
                .containsExactly("Alice");
    }

    @Test
    void shouldPassByWhatWhoeverLooksFromOutsideTakesForPassedBy() throws SQLException {
        Concerns.assertSaidAlikeInSql(dataSource, "analytics");
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}

package org.stonechat.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FlakyTestsTest {

    private static final Instant BEGAN = Instant.parse("2026-03-05T12:00:00Z");

    /// As Failsafe writes it: one passed, one failed and passed, one ended in an error and passed, one failed twice.
    private static final String REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="org.stonechat.rating.RatingIT" time="3.123" tests="4" errors="0" skipped="0" failures="1">
              <properties><property name="java.version" value="25"/></properties>
              <testcase name="shouldAskOnce" classname="org.stonechat.rating.RatingIT" time="0.4"/>
              <testcase name="shouldWait" classname="org.stonechat.rating.RatingIT" time="0.3">
                <flakyFailure message="expected: true &amp; was: false" type="org.opentest4j.AssertionFailedError">
                  <stackTrace><![CDATA[at org.stonechat.rating.RatingIT.shouldWait(RatingIT.java:40)]]></stackTrace>
                  <system-out><![CDATA[<flakyError/>]]></system-out>
                </flakyFailure>
              </testcase>
              <testcase name="shouldAnswer" classname="org.stonechat.rating.RatingIT" time="0.3">
                <flakyError message="timed out" type="java.io.IOException"><stackTrace>at x</stackTrace></flakyError>
              </testcase>
              <testcase name="shouldFail" classname="org.stonechat.rating.RatingIT" time="0.3">
                <failure message="no" type="java.lang.AssertionError">at x</failure>
                <rerunFailure message="no" type="java.lang.AssertionError"><stackTrace>at x</stackTrace></rerunFailure>
              </testcase>
            </testsuite>
            """;

    @TempDir
    private Path root;

    @Test
    void shouldNameWhatPassedAtTheSecondTry() throws IOException {
        report("rating-service/target/failsafe-reports/TEST-org.stonechat.rating.RatingIT.xml", BEGAN.plusSeconds(1));
        report("deploy/e2e/target/failsafe-reports/failsafe-summary.xml", BEGAN.plusSeconds(1));

        assertThat(FlakyTests.since(root, BEGAN))
                .extracting(FlakyTests.FlakyTest::sentence)
                .containsExactly(
                        "passed at the second try: RatingIT.shouldAnswer – that is a defect of the test or of the product,"
                                + " see rating-service/target/failsafe-reports/TEST-org.stonechat.rating.RatingIT.xml",
                        "passed at the second try: RatingIT.shouldWait – that is a defect of the test or of the product,"
                                + " see rating-service/target/failsafe-reports/TEST-org.stonechat.rating.RatingIT.xml");
    }

    @Test
    void shouldFindReportsOfModulesWithinModulesAndNoOlderOnes() throws IOException {
        report("deploy/e2e/target/failsafe-reports/TEST-org.stonechat.e2e.LiveIT.xml", BEGAN);
        report("gateway/target/failsafe-reports/TEST-org.stonechat.gateway.GatewayIT.xml", BEGAN.minusSeconds(1));

        assertThat(FlakyTests.since(root, BEGAN))
                .hasSize(2)
                .extracting(FlakyTests.FlakyTest::report)
                .containsOnly(Path.of("deploy/e2e/target/failsafe-reports/TEST-org.stonechat.e2e.LiveIT.xml"));
    }

    @Test
    void shouldSayNothingWhereNothingWasTested() {
        assertThat(FlakyTests.since(root, BEGAN)).isEmpty();
    }

    private void report(String path, Instant written) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, REPORT);
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}

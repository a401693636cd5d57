package org.stonechat.kit.inbox;

import java.sql.SQLException;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Not ready while events wait for a part that is away; never a reason to be killed.
@Readiness
@ApplicationScoped
class IntakeHealth implements HealthCheck {

    private final EventIntake intake;
    private final DeadLetters deadLetters;

    IntakeHealth(EventIntake intake, DeadLetters deadLetters) {
        this.intake = intake;
        this.deadLetters = deadLetters;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            return HealthCheckResponse.named("event intake")
                    .status(!intake.struggling())
                    .withData("openDeadLetters", deadLetters.open())
                    .build();
        } catch (SQLException away) {
            return HealthCheckResponse.named("event intake")
                    .down()
                    .withData("reason", "the database is away")
                    .build();
        }
    }
}

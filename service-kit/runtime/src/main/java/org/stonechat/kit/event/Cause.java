package org.stonechat.kit.event;

import java.util.UUID;

import jakarta.enterprise.context.RequestScoped;

import org.jspecify.annotations.Nullable;

/// Who acts in the running request, and what led to it; copied onto every event that the request raises.
///
/// For HTTP the actor is the caller of the token and the correlation id comes from `X-Correlation-Id`. For an
/// event taken from the inbox the causation id is that event's id and the correlation id is passed on. For
/// due work all three are those of the transaction that scheduled it.
@RequestScoped
public class Cause {

    private Actor actor = Actor.SYSTEM;
    private @Nullable UUID causationId;
    private UUID correlationId = Uuid7.next();

    public Actor actor() {
        return actor;
    }

    /// The event this change follows from, or null when it came from outside.
    public @Nullable UUID causationId() {
        return causationId;
    }

    /// The same for everything that one outside call or mail set off.
    public UUID correlationId() {
        return correlationId;
    }

    /// Lets what follows in this request be done in this actor's name.
    public void actAs(Actor actor) {
        this.actor = actor;
    }

    public void correlate(UUID correlationId) {
        this.correlationId = correlationId;
    }

    /// Everything that follows is caused by this event or work.
    public void follow(Actor actor, @Nullable UUID causationId, UUID correlationId) {
        this.actor = actor;
        this.causationId = causationId;
        this.correlationId = correlationId;
    }
}

package org.stonechat.testing.trace;

import java.util.Map;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// Where the trace of the test begins.
@Path("/api/v1/questions")
@RolesAllowed(Roles.AGENT)
@RunOnVirtualThread
public class QuestionResource {

    private final EventLog eventLog;

    QuestionResource(EventLog eventLog) {
        this.eventLog = eventLog;
    }

    @POST
    @Transactional
    public Response ask() {
        UUID id = Uuid7.next();
        eventLog.append("questions", new Question(id, 0), new Question.QuestionAsked(Map.of(), Map.of()));
        return Response.accepted(Map.of("id", id)).build();
    }
}

package org.stonechat.kit.rest;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import jakarta.annotation.security.PermitAll;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// A small service for the tests of what all APIs have in common.
@Path("/test/notes")
@PermitAll
@RunOnVirtualThread
public class NotesResource {

    static final AtomicInteger CALLS = new AtomicInteger();
    static volatile CountDownLatch begun = new CountDownLatch(1);
    static volatile CountDownLatch goOn = new CountDownLatch(0);

    private final DataSource dataSource;

    NotesResource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public record NoteRequest(String text) {}

    public record NoteResponse(UUID id, String text, int call) {}

    @POST
    @Path("{list}")
    @Idempotent
    @Transactional
    public RestResponse<NoteResponse> create(@PathParam("list") String list, NoteRequest request)
            throws SQLException, InterruptedException {
        NoteResponse note = write(list, request);
        begun.countDown();
        if (!goOn.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("waited in vain");
        }
        if (request.text().equals("refused")) {
            throw new ProblemException(CommonError.CONFLICT, "Not this one.");
        }
        return RestResponse.ResponseBuilder.<NoteResponse>created(URI.create("/test/notes/" + note.id()))
                .entity(note)
                .tag(ETags.of(1))
                .build();
    }

    @POST
    @Path("{list}/plain")
    @Idempotent
    public NoteResponse createPlainly(@PathParam("list") String list, NoteRequest request) throws SQLException {
        return write(list, request);
    }

    @POST
    @Path("{list}/empty")
    @Idempotent
    public void createSilently(@PathParam("list") String list, NoteRequest request) throws SQLException {
        write(list, request);
    }

    @GET
    public RestResponse<Page<Integer>> list(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int first = after == null ? 1 : (int) after.number(0) + 1;
        List<Integer> rows = new ArrayList<>();
        for (int number = first; number <= 7 && rows.size() <= paging.limit(); number++) {
            rows.add(number);
        }
        return Pages.respond(Page.of(rows, paging.limit(), number -> number, Cursor::of), uri);
    }

    private NoteResponse write(String list, NoteRequest request) throws SQLException {
        UUID id = Uuid7.next();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into test_note (id, list, text) values (?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, list);
            insert.setString(3, request.text());
            insert.executeUpdate();
        }
        return new NoteResponse(id, request.text(), CALLS.incrementAndGet());
    }
}

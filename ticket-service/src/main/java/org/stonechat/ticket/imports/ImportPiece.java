package org.stonechat.ticket.imports;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobReferences;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ErrorCode;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.InlineFiles;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.outbound.Outbound;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;
import org.stonechat.ticket.ticket.Assignees;
import org.stonechat.ticket.ticket.NewTicket;
import org.stonechat.ticket.ticket.PastTicket;
import org.stonechat.ticket.ticket.TicketOpening;
import org.stonechat.ticket.ticket.TicketRepository;
import org.stonechat.ticket.ticket.TicketStages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.narayana.jta.QuarkusTransaction;

/// Imports some lines: looks at each, then writes all that are well in one transaction, with a handful of
/// round trips.
@ApplicationScoped
class ImportPiece {

    private static final String LINE_INVALID = "line-invalid";
    private static final String FILE_UNREACHABLE = "attachment-unreachable";
    private static final int MOST_ERRORS = 10_000;
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Imports imports;
    private final TicketRepository tickets;
    private final TicketStages stages;
    private final DepartmentRepository departments;
    private final TeamRepository teams;
    private final AgentRepository agents;
    private final Assignees assignees;
    private final Contacts contacts;
    private final InlineFiles files;
    private final BlobReferences references;
    private final Outbound outbound;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final ObjectMapper mapper;
    private final Validator validator;
    private final InstantSource clock;

    ImportPiece(
            Imports imports,
            TicketRepository tickets,
            TicketStages stages,
            DepartmentRepository departments,
            TeamRepository teams,
            AgentRepository agents,
            Assignees assignees,
            Contacts contacts,
            InlineFiles files,
            BlobReferences references,
            Outbound outbound,
            EntityManager entityManager,
            EventLog eventLog,
            ObjectMapper mapper,
            Validator validator,
            InstantSource clock) {
        this.imports = imports;
        this.tickets = tickets;
        this.stages = stages;
        this.departments = departments;
        this.teams = teams;
        this.agents = agents;
        this.assignees = assignees;
        this.contacts = contacts;
        this.files = files;
        this.references = references;
        this.outbound = outbound;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.mapper = mapper;
        this.validator = validator;
        this.clock = clock;
    }

    record Numbered(int number, Lines.Line line) {}

    record Parsed(int number, ImportedTicket ticket, Map<ImportedTicket.File, InlineFiles.Stored> files) {}

    private record Fitting(
            Parsed line,
            Department department,
            Stage stage,
            @Nullable UUID teamId,
            @Nullable Agent assignee,
            @Nullable Agent resolver) {}

    /// A line that cannot be imported, and why.
    private static final class Unfit extends Exception {

        private final String code;

        Unfit(String code, String detail) {
            super(detail);
            this.code = code;
        }

        Unfit(ErrorCode error, String detail) {
            this(error.code(), detail);
        }

        LineError at(int line) {
            return new LineError(line, code, String.valueOf(getMessage()));
        }
    }

    /// Lines that were looked at, and what there is against some of them.
    record Piece(long from, long to, int lines, List<Parsed> parsed, List<LineError> errors) {}

    /// Looks at lines and stores their files; nothing is written of them yet.
    ///
    /// @param from the byte they begin at
    /// @param to   the byte the next piece begins at
    Piece look(long from, long to, List<Numbered> lines) {
        List<LineError> errors = new ArrayList<>();
        List<Parsed> parsed = new ArrayList<>();
        for (Numbered line : lines) {
            if (line.line().isBlank()) {
                continue;
            }
            try {
                ImportedTicket ticket = parse(line.line());
                parsed.add(new Parsed(line.number(), ticket, store(ticket)));
            } catch (Unfit unfit) {
                errors.add(unfit.at(line.number()));
            }
        }
        return new Piece(from, to, lines.size(), parsed, errors);
    }

    /// @return how the import stands after it
    ImportJob.State take(UUID importId, Piece piece) {
        return QuarkusTransaction.requiringNew()
                .call(() -> write(importId, piece.from(), piece.to(), piece.lines(), piece.parsed(), piece.errors()));
    }

    private ImportedTicket parse(Lines.Line line) throws Unfit {
        if (line.bytes() == null) {
            throw new Unfit(LINE_INVALID, "The line is too long.");
        }
        ImportedTicket ticket;
        try {
            ticket = mapper.readValue(line.bytes(), ImportedTicket.class);
        } catch (JsonMappingException mismatch) {
            throw new Unfit(LINE_INVALID, "The field " + pointer(mismatch) + " is not known or has the wrong type.");
        } catch (JsonProcessingException malformed) {
            throw new Unfit(LINE_INVALID, "The line is not well-formed JSON.");
        } catch (IOException unreadable) {
            throw new Unfit(LINE_INVALID, "The line is not UTF-8.");
        }
        if (ticket == null) {
            throw new Unfit(LINE_INVALID, "The line is no JSON object.");
        }
        for (ConstraintViolation<ImportedTicket> violation : validator.validate(ticket)) {
            throw new Unfit(LINE_INVALID, violation.getPropertyPath() + " " + violation.getMessage());
        }
        check(ticket);
        return ticket;
    }

    private void check(ImportedTicket ticket) throws Unfit {
        if (ticket.requester().name() == null && ticket.requester().address() == null) {
            throw new Unfit(LINE_INVALID, "requester needs a name or an address.");
        }
        if (ticket.channel() == Channel.REVIEW) {
            throw new Unfit(LINE_INVALID, "channel: tickets of reviews are made of reviews alone.");
        }
        Instant latest = clock.instant().plus(CLOCK_SKEW);
        List<@Nullable Instant> times = new ArrayList<>();
        times.add(ticket.createdAt());
        times.add(ticket.solvedAt());
        times.add(ticket.closedAt());
        for (ImportedTicket.Entry entry : entries(ticket)) {
            times.add(entry.at());
            if (Body.of(entry.bodyText(), entry.bodyHtml()).isEmpty()
                    && (entry.attachments() == null || entry.attachments().isEmpty())) {
                throw new Unfit(TicketError.BODY_EMPTY, "A message has neither a text nor a file.");
            }
        }
        for (Instant time : times) {
            if (time != null && (time.isAfter(latest) || time.isBefore(Instant.EPOCH))) {
                throw new Unfit(LINE_INVALID, "A time lies in the future or before 1970.");
            }
        }
    }

    private Map<ImportedTicket.File, InlineFiles.Stored> store(ImportedTicket ticket) throws Unfit {
        Map<ImportedTicket.File, InlineFiles.Stored> stored = new HashMap<>();
        for (ImportedTicket.Entry entry : entries(ticket)) {
            if (entry.attachments() != null) {
                for (ImportedTicket.File file : entry.attachments()) {
                    stored.put(file, files.store(file.name(), content(file)));
                }
            }
        }
        return stored;
    }

    private byte[] content(ImportedTicket.File file) throws Unfit {
        if (file.content() != null && file.url() == null) {
            return file.content();
        }
        if (file.url() == null || file.content() != null) {
            throw new Unfit(LINE_INVALID, "An attachment has either content or url.");
        }
        try {
            URI address = outbound.parse(file.url());
            Outbound.Answer answer = outbound.get(address);
            if (answer.status() != 200 || !answer.whole()) {
                throw new Unfit(
                        FILE_UNREACHABLE,
                        answer.whole()
                                ? "Fetching " + file.name() + " was answered with " + answer.status() + "."
                                : file.name() + " is larger than allowed.");
            }
            return answer.body();
        } catch (Outbound.Refused refused) {
            throw new Unfit(FILE_UNREACHABLE, file.name() + ": " + refused.getMessage());
        } catch (IOException away) {
            throw new Unfit(FILE_UNREACHABLE, file.name() + " could not be fetched.");
        }
    }

    private ImportJob.State write(
            UUID importId, long from, long to, int lineCount, List<Parsed> parsed, List<LineError> errors) {
        ImportJob job = imports.lock(importId).orElseThrow();
        if (job.state() != ImportJob.State.RUNNING) {
            return job.state();
        }
        if (job.byteOffset() != from) {
            throw new IllegalStateException("import " + importId + " is being worked on elsewhere");
        }
        UUID client = UUID.nameUUIDFromBytes(("import " + job.source()).getBytes(StandardCharsets.UTF_8));
        tickets.serialise("import " + job.source());
        Set<String> known = known(client, parsed);
        int existed = 0;
        Map<String, Agent> staff = agents.byMail(staffAddresses(parsed));
        Map<String, Fitting> fitting = new LinkedHashMap<>();
        for (Parsed line : parsed) {
            String externalId = line.ticket().externalId();
            if (known.contains(externalId) || fitting.containsKey(externalId)) {
                existed++;
                continue;
            }
            try {
                fitting.put(externalId, fit(job, line, staff));
            } catch (Unfit unfit) {
                errors.add(unfit.at(line.number()));
            }
        }
        Actor actor = new Actor(Actor.Kind.AGENT, job.startedBy().toString(), job.startedByName());
        create(client, actor, List.copyOf(fitting.values()), staff);
        note(job, errors);
        job.advance(to, lineCount, fitting.size(), existed, errors.size(), clock.instant());
        if (job.state() == ImportJob.State.DONE) {
            references.removeOf(Imports.OWNER_KIND, job.id());
        }
        return job.state();
    }

    @SuppressWarnings("unchecked")
    private Set<String> known(UUID client, List<Parsed> parsed) {
        return new HashSet<>(entityManager
                .createNativeQuery(
                        "select external_id from ticket where client_id = :client"
                                + " and external_id = any(cast(:ids as text[]))",
                        String.class)
                .setParameter("client", client)
                .setParameter(
                        "ids",
                        parsed.stream().map(line -> line.ticket().externalId()).toArray(String[]::new))
                .getResultList());
    }

    private Fitting fit(ImportJob job, Parsed line, Map<String, Agent> staff) throws Unfit {
        ImportedTicket ticket = line.ticket();
        Department department =
                job.mayImportInto(ticket.departmentId()) ? departments.findById(ticket.departmentId()) : null;
        if (department == null) {
            throw new Unfit(TicketError.DEPARTMENT_UNKNOWN, "There is no department " + ticket.departmentId() + ".");
        }
        if (ticket.teamId() != null) {
            Team team = teams.findById(ticket.teamId());
            if (team == null || !team.worksIn(department.id())) {
                throw new Unfit(TicketError.TEAM_UNKNOWN, department.name() + " has no team " + ticket.teamId() + ".");
            }
        }
        Agent resolver = agent(ticket.assignee(), staff);
        // What somebody had who has left, or never works tickets here, waits for whoever does.
        Agent assignee = resolver != null && assignees.canHave(resolver, department, ticket.teamId()) ? resolver : null;
        return new Fitting(line, department, stage(ticket, department), ticket.teamId(), assignee, resolver);
    }

    private static Stage stage(ImportedTicket ticket, Department department) throws Unfit {
        if (ticket.stage() == null) {
            return department.initialStage();
        }
        for (Stage stage : department.stages()) {
            if (stage.label().equalsIgnoreCase(ticket.stage())) {
                return stage;
            }
        }
        for (StageCategory category : StageCategory.values()) {
            if (category.name().equals(ticket.stage())) {
                if (category == StageCategory.CLOSED) {
                    return department.closeStage();
                }
                if (category == StageCategory.SOLVED) {
                    return department.solveStage();
                }
                Stage first = department.stageOf(category).orElse(null);
                if (first != null) {
                    return first;
                }
            }
        }
        throw new Unfit(TicketError.STAGE_UNKNOWN, department.name() + " has no stage " + ticket.stage() + ".");
    }

    private static @Nullable Agent agent(@Nullable String address, Map<String, Agent> staff) {
        return address == null ? null : staff.get(Contacts.normalised(address));
    }

    private static Set<String> staffAddresses(List<Parsed> parsed) {
        Set<String> addresses = new HashSet<>();
        for (Parsed line : parsed) {
            if (line.ticket().assignee() != null) {
                addresses.add(Contacts.normalised(line.ticket().assignee()));
            }
            for (ImportedTicket.Entry entry : entries(line.ticket())) {
                if (entry.author() != null && entry.author().address() != null) {
                    addresses.add(Contacts.normalised(entry.author().address()));
                }
            }
        }
        return addresses;
    }

    private void create(UUID client, Actor actor, List<Fitting> lines, Map<String, Agent> staff) {
        if (lines.isEmpty()) {
            return;
        }
        List<Contacts.Known> requesters = contacts.forMany(
                lines.stream().map(line -> line.department().id()).toList(),
                lines.stream().map(ImportPiece::writer).toList(),
                actor);
        List<Long> numbers = numbers(lines.size());
        Instant now = clock.instant();
        List<PastTicket> lived = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            lived.add(live(client, actor, lines.get(index), requesters.get(index), numbers.get(index), staff, now));
        }
        eventLog.appendPast(
                TicketOpening.TOPIC,
                lived.stream().flatMap(past -> past.events().stream()).toList());
        // Persisted after their events drew their sequences, and table by table, so that they go out in batches.
        lived.forEach(past -> entityManager.persist(past.ticket()));
        entityManager.flush();
        lived.forEach(past -> past.messages().forEach(entityManager::persist));
        entityManager.flush();
        lived.forEach(past -> past.attachments().forEach(entityManager::persist));
        for (int index = 0; index < lines.size(); index++) {
            stages.resume(lived.get(index).ticket(), lines.get(index).department());
        }
        entityManager.flush();
    }

    private static Contacts.Writer writer(Fitting line) {
        ImportedTicket.Person requester = line.line().ticket().requester();
        return new Contacts.Writer(
                requester.name(), requester.address(), line.line().ticket().language());
    }

    @SuppressWarnings("unchecked")
    private List<Long> numbers(int count) {
        return entityManager
                .createNativeQuery(
                        "select nextval('ticket_number') from generate_series(1, cast(:count as int))", Long.class)
                .setParameter("count", count)
                .getResultList();
    }

    private PastTicket live(
            UUID client,
            Actor actor,
            Fitting line,
            Contacts.Known requester,
            long number,
            Map<String, Agent> staff,
            Instant now) {
        ImportedTicket ticket = line.line().ticket();
        UUID ticketId = Uuid7.next();
        List<PastTicket.Said> said = new ArrayList<>();
        for (ImportedTicket.Entry entry : entries(ticket)) {
            said.add(said(entry, line.line(), ticketId, requester, actor, staff));
        }
        Agent assignee = line.assignee();
        UUID assigneeId = assignee == null ? null : assignee.id();
        Agent resolver = line.resolver();
        return PastTicket.live(
                new NewTicket(
                        ticketId,
                        line.department().id(),
                        ticket.subject().strip(),
                        writer(line),
                        ticket.channel() == null ? Channel.API : ticket.channel(),
                        "IMPORT",
                        line.teamId(),
                        null,
                        assigneeId,
                        ticket.priority() == null ? Priority.NORMAL : ticket.priority(),
                        null,
                        ticket.category() == null ? NewTicket.OTHER : ticket.category(),
                        ticket.tags() == null
                                ? List.of()
                                : ticket.tags().stream().distinct().toList(),
                        ticket.language(),
                        ticket.dueAt(),
                        client,
                        ticket.externalId(),
                        null,
                        List.of(),
                        null,
                        null),
                number,
                requester,
                line.department(),
                ticket.createdAt(),
                actor,
                said,
                new PastTicket.Outcome(
                        line.stage(), ticket.solvedAt(), ticket.closedAt(), resolver == null ? null : resolver.id()),
                now);
    }

    private PastTicket.Said said(
            ImportedTicket.Entry entry,
            Parsed line,
            UUID ticketId,
            Contacts.Known requester,
            Actor actor,
            Map<String, Agent> staff) {
        UUID id = Uuid7.next();
        Body body = Body.of(entry.bodyText(), entry.bodyHtml());
        String name = entry.author() == null ? null : entry.author().name();
        List<Attachment> attachments = attachments(entry, line, ticketId, id, requester.id());
        if (entry.kind() == ImportedTicket.Entry.Kind.CUSTOMER) {
            return new PastTicket.Said(
                    NewMessage.fromCustomer(
                            id, entry.at(), name == null ? requester.name() : name, entry.subject(), body),
                    attachments,
                    new Actor(Actor.Kind.CUSTOMER, requester.id().toString(), null));
        }
        Agent author = entry.author() == null ? null : agent(entry.author().address(), staff);
        MessageKind kind = switch (entry.kind()) {
            case PUBLIC_REPLY -> MessageKind.PUBLIC_REPLY;
            case COMMENT -> MessageKind.COMMENT;
            case NOTE, CUSTOMER -> MessageKind.NOTE;
        };
        return new PastTicket.Said(
                NewMessage.internal(
                        id,
                        kind,
                        entry.at(),
                        author == null ? null : author.id(),
                        author == null ? name : author.displayName(),
                        body),
                attachments,
                author == null ? actor : new Actor(Actor.Kind.AGENT, author.id().toString(), author.displayName()));
    }

    private List<Attachment> attachments(
            ImportedTicket.Entry entry, Parsed line, UUID ticketId, UUID messageId, UUID contactId) {
        if (entry.attachments() == null) {
            return List.of();
        }
        List<Attachment> attachments = new ArrayList<>();
        for (ImportedTicket.File file : entry.attachments()) {
            InlineFiles.Stored stored = Objects.requireNonNull(line.files().get(file));
            Attachment attachment = stored.attachment(Uuid7.next(), ticketId, messageId, entry.at());
            references.add(stored.blob(), InlineFiles.OWNER_KIND, attachment.id(), contactId);
            attachments.add(attachment);
        }
        return attachments;
    }

    private void note(ImportJob job, List<LineError> errors) {
        int room = MOST_ERRORS - job.failed();
        for (LineError error : errors.subList(0, Math.clamp(room, 0, errors.size()))) {
            entityManager
                    .createNativeQuery(
                            "insert into import_error (import_id, line, code, detail) values (?1, ?2, ?3, ?4)")
                    .setParameter(1, job.id())
                    .setParameter(2, error.line())
                    .setParameter(3, error.code())
                    .setParameter(4, error.detail())
                    .executeUpdate();
        }
    }

    private static List<ImportedTicket.Entry> entries(ImportedTicket ticket) {
        return ticket.messages() == null ? List.of() : ticket.messages();
    }

    private static String pointer(JsonMappingException mismatch) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference reference : mismatch.getPath()) {
            pointer.append('/')
                    .append(reference.getFieldName() == null ? reference.getIndex() : reference.getFieldName());
        }
        return pointer.toString();
    }
}

package org.stonechat.ticket.channel;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobReferences;
import org.stonechat.kit.edge.HeldBodies;
import org.stonechat.kit.edge.SpooledBody;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.secret.WebhookSignature;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.InlineFiles;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.NewTicket;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketOpening;
import org.stonechat.ticket.ticket.TicketRepository;

import com.fasterxml.jackson.databind.ObjectMapper;

/// Takes in what customers write on channels: it opens a ticket or goes on in the conversation's own.
@ApplicationScoped
class Inbound {

    private static final int LONGEST_SUBJECT = 80;
    private static final long LARGEST = 10 * 1024 * 1024;

    private final ChannelRepository channels;
    private final ChannelSecrets secrets;
    private final TicketOpening opening;
    private final TicketRepository tickets;
    private final Conversations conversations;
    private final DepartmentRepository departments;
    private final InlineFiles files;
    private final BlobReferences references;
    private final HeldBodies held;
    private final Validator validator;
    private final ObjectMapper mapper;
    private final Cause cause;
    private final InstantSource clock;

    Inbound(
            ChannelRepository channels,
            ChannelSecrets secrets,
            TicketOpening opening,
            TicketRepository tickets,
            Conversations conversations,
            DepartmentRepository departments,
            InlineFiles files,
            BlobReferences references,
            HeldBodies held,
            Validator validator,
            ObjectMapper mapper,
            Cause cause,
            InstantSource clock) {
        this.channels = channels;
        this.secrets = secrets;
        this.opening = opening;
        this.tickets = tickets;
        this.conversations = conversations;
        this.departments = departments;
        this.files = files;
        this.references = references;
        this.held = held;
        this.validator = validator;
        this.mapper = mapper;
        this.cause = cause;
        this.clock = clock;
    }

    /// The headers a signed call carries.
    record Signed(
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signatures) {}

    /// @param existed true when it had been taken in before
    @Schema(name = "InboundReceipt")
    record Receipt(UUID ticketId, long ticketNumber, UUID messageId, boolean existed) {}

    /// Reads a call whose signature holds. What the headers tell is looked at before a byte of the body is read, and
    /// the body is held in memory when its signature fits, not before.
    ///
    /// @throws ProblemException 401 for a channel that does not exist too: who holds no secret learns nothing
    InboundMessage read(UUID channelId, Signed signed, @Nullable InputStream body) throws IOException {
        Channel channel = channels.findById(channelId);
        WebhookSignature signature = new WebhookSignature(signed.id(), signed.timestamp(), signed.signatures());
        if (channel == null || signature.earlyObjection(clock.instant(), WebhookSignature.TOLERANCE) != null) {
            throw notSigned();
        }
        Mac mac = signature.begin(secrets.open(channelId, channel.sealedSecret()));
        InboundMessage message;
        try (SpooledBody spooled = held.spool(body, mac, LARGEST)) {
            if (!signature.fits(spooled.code())) {
                throw notSigned();
            }
            // Told to whoever holds the secret alone.
            if (!channel.isActive()) {
                throw new ProblemException(TicketError.CHANNEL_INACTIVE, channel.name() + " is switched off.");
            }
            message = held.with(spooled.size(), () -> parse(spooled));
        }
        Set<ConstraintViolation<InboundMessage>> violations = validator.validate(message);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return message;
    }

    private static ProblemException notSigned() {
        return new ProblemException(
                TicketError.SIGNATURE_INVALID,
                "Sign `id.timestamp.body` with the channel's secret, and send it within five minutes.");
    }

    private InboundMessage parse(SpooledBody body) throws IOException {
        try (InputStream bytes = body.open()) {
            InboundMessage message = body.size() == 0 ? null : mapper.readValue(bytes, InboundMessage.class);
            if (message == null) {
                throw ProblemException.invalid("", "A message is a JSON object.");
            }
            return message;
        }
    }

    /// Stores the files, outside any transaction.
    List<InlineFiles.Stored> store(InboundMessage message) {
        return message.attachments() == null
                ? List.of()
                : message.attachments().stream()
                        .map(file -> files.store(file.name(), file.content()))
                        .toList();
    }

    @Transactional
    Receipt take(UUID channelId, InboundMessage message, List<InlineFiles.Stored> stored) {
        // One after the other per conversation and per sender, so that the first message opens one ticket and one
        // contact.
        tickets.serialise("channel sender " + channelId + " " + message.from().id());
        tickets.serialise("channel " + channelId + " " + message.conversationId());
        Optional<ChannelRepository.Known> known =
                channels.message(channelId, message.conversationId(), message.messageId());
        if (known.isPresent()) {
            Ticket ticket = tickets.survivorOf(known.get().ticketId()).orElseThrow();
            return new Receipt(ticket.id(), ticket.number(), known.get().messageId(), true);
        }
        Channel channel = channels.findById(channelId);
        cause.actAs(new Actor(Actor.Kind.CUSTOMER, null, null));
        Body body = Body.of(message.text(), message.html());
        if (body.isEmpty() && stored.isEmpty()) {
            throw new ProblemException(TicketError.BODY_EMPTY, "A message has a text or a file.");
        }
        UUID messageId = Uuid7.next();
        Instant now = clock.instant();
        NewMessage words =
                NewMessage.fromCustomer(messageId, now, message.from().name(), message.subject(), body);
        Optional<Ticket> ongoing =
                channels.ticketOf(channelId, message.conversationId()).flatMap(tickets::lock);
        Ticket ticket;
        if (ongoing.isPresent() && takes(ongoing.get(), now)) {
            ticket = ongoing.get();
            Department home = departments.of(ticket.departmentId());
            conversations.customerWrote(
                    ticket,
                    home,
                    words,
                    attachments(stored, ticket.id(), messageId, ticket.contactId()),
                    changed -> List.of());
        } else {
            ticket = open(channel, message, words, stored, ongoing.orElse(null));
        }
        channels.flush();
        channels.rememberSender(channelId, message.from().id(), ticket.contactId());
        channels.heard(channelId, message.conversationId(), ticket.id(), now);
        channels.remember(channelId, message.conversationId(), message.messageId(), ticket.id(), messageId);
        return new Receipt(ticket.id(), ticket.number(), messageId, false);
    }

    private boolean takes(Ticket ticket, Instant now) {
        return ticket.takesCustomerMessage(
                now, departments.of(ticket.departmentId()).reopenWindow());
    }

    /// @param closed the ticket that a late message continues
    private Ticket open(
            Channel channel,
            InboundMessage message,
            NewMessage words,
            List<InlineFiles.Stored> stored,
            @Nullable Ticket closed) {
        UUID ticketId = Uuid7.next();
        UUID contact = channels.contactOf(channel.id(), message.from().id()).orElse(null);
        return opening.open(new NewTicket(
                        ticketId,
                        closed == null ? channel.departmentId() : closed.departmentId(),
                        subject(message, words),
                        new Contacts.Writer(
                                message.from().name() == null
                                        ? message.from().id()
                                        : message.from().name(),
                                message.from().address(),
                                message.language(),
                                contact),
                        org.stonechat.ticket.event.Channel.MESSAGE,
                        "MESSAGE",
                        closed == null ? channel.teamId() : closed.teamId(),
                        null,
                        null,
                        Priority.NORMAL,
                        null,
                        NewTicket.OTHER,
                        List.of(),
                        message.language(),
                        null,
                        null,
                        null,
                        words,
                        attachments(stored, ticketId, words.id(), contact),
                        null,
                        closed == null ? null : closed.id()))
                .ticket();
    }

    private List<Attachment> attachments(
            List<InlineFiles.Stored> stored, UUID ticketId, UUID messageId, @Nullable UUID contactId) {
        List<Attachment> attachments = new ArrayList<>();
        for (InlineFiles.Stored file : stored) {
            Attachment attachment = file.attachment(Uuid7.next(), ticketId, messageId, clock.instant());
            references.add(file.blob(), InlineFiles.OWNER_KIND, attachment.id(), contactId);
            attachments.add(attachment);
        }
        return attachments;
    }

    private static String subject(InboundMessage message, NewMessage words) {
        if (message.subject() != null && !message.subject().isBlank()) {
            return message.subject().strip();
        }
        String line = words.body().text().replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.isEmpty()) {
            return "(no subject)";
        }
        if (line.length() <= LONGEST_SUBJECT) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST_SUBJECT - 1))) + "…";
    }
}

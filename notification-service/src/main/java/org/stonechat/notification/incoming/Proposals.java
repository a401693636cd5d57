package org.stonechat.notification.incoming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.notification.address.ReplyAddresses;
import org.stonechat.notification.ticket.KnownTickets;

/// Finds the ticket that a mail belongs to: by a signed reply address, then by its references newest first,
/// then by a token in the subject, which counts only from somebody who takes part already.
///
/// The mailbox decides first: a mail that several departments got belongs to a ticket of each, so only what
/// this mailbox's department has to do with counts.
@ApplicationScoped
class Proposals {

    private static final List<String> RECIPIENT_HEADERS =
            List.of("to", "cc", "delivered-to", "x-original-to", "envelope-to", "resent-to");
    private static final Pattern SUBJECT_TOKEN = Pattern.compile("\\[#(\\d{1,18})]");

    private final ReplyAddresses replyAddresses;
    private final KnownTickets tickets;
    private final Desks desks;

    Proposals(ReplyAddresses replyAddresses, KnownTickets tickets, Desks desks) {
        this.replyAddresses = replyAddresses;
        this.tickets = tickets;
        this.desks = desks;
    }

    /// @param departmentId whose mailbox it came to
    Proposal of(ReadMail mail, UUID departmentId) {
        return bySignedAddress(mail, departmentId)
                .or(() -> byReferences(mail, departmentId))
                .or(() -> bySubject(mail, departmentId))
                .orElse(Proposal.NONE);
    }

    /// The address of a forward goes before any other the mail was sent to: what answers a forward stays inside.
    private Optional<Proposal> bySignedAddress(ReadMail mail, UUID departmentId) {
        Optional<Proposal> first = Optional.empty();
        for (String header : RECIPIENT_HEADERS) {
            for (MailAddress recipient : MailAddress.read(mail.headers().all(header))) {
                Optional<Proposal> found = replyAddresses
                        .read(recipient.address())
                        .filter(named -> !desks.isOfAnother(recipient.address(), departmentId))
                        .flatMap(named ->
                                tickets.numbered(named.ticketNumber()).map(ticket -> bySigned(ticket.id(), named)));
                if (found.isPresent() && found.get().forward() != null) {
                    return found;
                }
                first = first.or(() -> found);
            }
        }
        return first;
    }

    private static Proposal bySigned(UUID ticketId, ReplyAddresses.Named named) {
        return named.forward()
                ? new Proposal(ticketId, Proposal.FoundBy.SIGNED_ADDRESS, null, new Proposal.Forward(named.agentId()))
                : new Proposal(ticketId, Proposal.FoundBy.SIGNED_ADDRESS, named.agentId());
    }

    private Optional<Proposal> byReferences(ReadMail mail, UUID departmentId) {
        List<String> newestFirst = new ArrayList<>(mail.headers().references());
        String inReplyTo = mail.headers().inReplyTo();
        if (inReplyTo != null && !newestFirst.contains(inReplyTo)) {
            newestFirst.add(inReplyTo);
        }
        newestFirst.addAll(mail.reportedIds());
        for (String reference : newestFirst.reversed()) {
            Optional<UUID> ticket = tickets.identifiedBy(reference, departmentId);
            if (ticket.isPresent()) {
                return ticket.map(id -> new Proposal(id, Proposal.FoundBy.REFERENCES, null));
            }
        }
        return Optional.empty();
    }

    private Optional<Proposal> bySubject(ReadMail mail, UUID departmentId) {
        MailAddress from = mail.from();
        Matcher token = SUBJECT_TOKEN.matcher(mail.subject());
        while (from != null && token.find()) {
            Optional<KnownTickets.KnownTicket> ticket = tickets.numbered(Long.parseLong(token.group(1)));
            if (ticket.isPresent()
                    && tickets.isKnownAt(ticket.get().id(), departmentId)
                    && tickets.isParticipant(ticket.get().id(), from.address())) {
                return Optional.of(new Proposal(ticket.get().id(), Proposal.FoundBy.SUBJECT_TOKEN, null));
            }
        }
        return Optional.empty();
    }
}

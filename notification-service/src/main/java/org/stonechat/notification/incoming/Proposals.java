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
@ApplicationScoped
class Proposals {

    private static final List<String> RECIPIENT_HEADERS =
            List.of("to", "cc", "delivered-to", "x-original-to", "envelope-to", "resent-to");
    private static final Pattern SUBJECT_TOKEN = Pattern.compile("\\[#(\\d{1,18})]");

    private final ReplyAddresses replyAddresses;
    private final KnownTickets tickets;

    Proposals(ReplyAddresses replyAddresses, KnownTickets tickets) {
        this.replyAddresses = replyAddresses;
        this.tickets = tickets;
    }

    Proposal of(ReadMail mail) {
        return bySignedAddress(mail)
                .or(() -> byReferences(mail))
                .or(() -> bySubject(mail))
                .orElse(Proposal.NONE);
    }

    /// The address of a forward goes before any other the mail was sent to: what answers a forward stays inside.
    private Optional<Proposal> bySignedAddress(ReadMail mail) {
        Optional<Proposal> first = Optional.empty();
        for (String header : RECIPIENT_HEADERS) {
            for (MailAddress recipient : MailAddress.read(mail.headers().all(header))) {
                Optional<Proposal> found = replyAddresses
                        .read(recipient.address())
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

    private Optional<Proposal> byReferences(ReadMail mail) {
        List<String> newestFirst = new ArrayList<>(mail.headers().references());
        String inReplyTo = mail.headers().inReplyTo();
        if (inReplyTo != null && !newestFirst.contains(inReplyTo)) {
            newestFirst.add(inReplyTo);
        }
        newestFirst.addAll(mail.reportedIds());
        for (String reference : newestFirst.reversed()) {
            Optional<UUID> ticket = tickets.identifiedBy(reference);
            if (ticket.isPresent()) {
                return ticket.map(id -> new Proposal(id, Proposal.FoundBy.REFERENCES, null));
            }
        }
        return Optional.empty();
    }

    private Optional<Proposal> bySubject(ReadMail mail) {
        MailAddress from = mail.from();
        Matcher token = SUBJECT_TOKEN.matcher(mail.subject());
        while (from != null && token.find()) {
            Optional<KnownTickets.KnownTicket> ticket = tickets.numbered(Long.parseLong(token.group(1)));
            if (ticket.isPresent() && tickets.isParticipant(ticket.get().id(), from.address())) {
                return Optional.of(new Proposal(ticket.get().id(), Proposal.FoundBy.SUBJECT_TOKEN, null));
            }
        }
        return Optional.empty();
    }
}

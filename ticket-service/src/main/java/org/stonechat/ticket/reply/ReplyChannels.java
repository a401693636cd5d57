package org.stonechat.ticket.reply;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.ticket.Ticket;

/// How a public reply reaches the customer of a ticket: as its author chooses, else as the customer prefers,
/// else the way the customer wrote last.
@ApplicationScoped
class ReplyChannels {

    private final MessageRepository messages;
    private final Contacts contacts;

    ReplyChannels(MessageRepository messages, Contacts contacts) {
        this.messages = messages;
        this.contacts = contacts;
    }

    /// @return null for a customer who cannot be reached at all
    /// @throws ProblemException 422 `channel-impossible`, which lists those that are possible
    @Nullable
    DeliverVia choose(Ticket ticket, Contacts.Known contact, @Nullable DeliverVia wanted) {
        Set<DeliverVia> possible = possible(ticket, contact);
        if (wanted != null) {
            if (!possible.contains(wanted)) {
                throw new ProblemException(
                        TicketError.CHANNEL_IMPOSSIBLE,
                        "The customer of this ticket cannot be reached by " + wanted + ".",
                        List.of(),
                        Map.of("possible", possible));
            }
            return wanted;
        }
        // What the customer told those who keep the contact, they told nobody else.
        DeliverVia preferred = contact.given() ? null : contacts.preferredChannel(contact.id());
        if (preferred != null && possible.contains(preferred)) {
            return preferred;
        }
        DeliverVia last = lastOfCustomer(ticket);
        if (last != null && possible.contains(last)) {
            return last;
        }
        return possible.stream().findFirst().orElse(null);
    }

    /// In the order in which they are taken when nothing speaks for one of them.
    private Set<DeliverVia> possible(Ticket ticket, Contacts.Known contact) {
        Set<DeliverVia> possible = EnumSet.noneOf(DeliverVia.class);
        if (contact.address() != null) {
            possible.add(DeliverVia.MAIL);
            // A contact is somebody's in the portal by a verified address.
            possible.add(DeliverVia.PORTAL);
        }
        // A ticket may say that it came by a messenger, without one that is connected here.
        if (messages.cameOverMessenger(ticket.id())) {
            possible.add(DeliverVia.CHANNEL);
        }
        return possible;
    }

    private @Nullable DeliverVia lastOfCustomer(Ticket ticket) {
        Message last = messages.lastOfCustomer(ticket.id()).orElse(null);
        if (last == null || last.cameByMail()) {
            return last == null ? null : DeliverVia.MAIL;
        }
        if (ticket.channel() == Channel.MESSAGE) {
            return DeliverVia.CHANNEL;
        }
        // What is neither the ticket's first word nor a mail was written in the portal.
        return last.position() > 0 ? DeliverVia.PORTAL : null;
    }
}

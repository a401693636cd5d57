package org.stonechat.ticket.reply;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.ticket.TicketAccess;

/// The same words in many tickets: whoever writes them has not read each conversation, and is not asked
/// whether he has.
@ApplicationScoped
public class WordsToMany {

    private final Replies replies;
    private final MessageRepository messages;
    private final TicketAccess access;

    WordsToMany(Replies replies, MessageRepository messages, TicketAccess access) {
        this.replies = replies;
        this.messages = messages;
        this.access = access;
    }

    /// An internal comment; who is mentioned in it is told.
    @Transactional
    public void comment(UUID ticketId, String text) {
        replies.writeBesideDrafts(ticketId, request(MessageRequest.Kind.COMMENT, text, null, null));
    }

    /// A public reply.
    ///
    /// @param solve null for what the department does
    @Transactional
    public void reply(UUID ticketId, String text, @Nullable Boolean solve) {
        // Locked before it is looked at, so that the customer cannot write between.
        UUID ticket = access.lock(ticketId).id();
        UUID last = messages.lastOfCustomer(ticket).map(Message::id).orElse(null);
        replies.writeBesideDrafts(ticket, request(MessageRequest.Kind.PUBLIC_REPLY, text, last, solve));
    }

    private static MessageRequest request(
            MessageRequest.Kind kind, String text, @Nullable UUID basedOn, @Nullable Boolean solve) {
        return new MessageRequest(kind, text, null, basedOn, solve, null, null, null, null, null, null, null);
    }
}

package org.stonechat.ticket.ticket;

import org.stonechat.ticket.conversation.Message;

/// A public reply is on its way; told inside this service to whoever delivers, in the reply's transaction.
public record PublicReply(Ticket ticket, Message message) {}

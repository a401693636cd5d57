package org.stonechat.ticket.conversation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Recipients;
import org.stonechat.ticket.event.Signature;

/// A message that is about to enter a conversation; its bodies have been cleaned.
///
/// @param rfcMessageId  of a mail, with its angle brackets
/// @param rfcReferences the chain before it, newest last
/// @param mentions      agents and teams named in it with @
/// @param senderAddress where a mail says it came from
/// @param signature     what stands below it when it goes out; null for none
public record NewMessage(
        UUID id,
        MessageKind kind,
        @Nullable DeliverVia deliverVia,
        Delivery delivery,
        Instant at,
        @Nullable UUID authorId,
        @Nullable String authorName,
        @Nullable String subject,
        Body body,
        Recipients recipients,
        @Nullable UUID inReplyToMessageId,
        boolean mailCopy,
        boolean solve,
        @Nullable String rfcMessageId,
        List<String> rfcReferences,
        @Nullable UUID mailId,
        @Nullable String senderAddress,
        List<UUID> mentions,
        @Nullable Signature signature) {

    /// A message that names nobody and is not signed.
    public NewMessage(
            UUID id,
            MessageKind kind,
            @Nullable DeliverVia deliverVia,
            Delivery delivery,
            Instant at,
            @Nullable UUID authorId,
            @Nullable String authorName,
            @Nullable String subject,
            Body body,
            Recipients recipients,
            @Nullable UUID inReplyToMessageId,
            boolean mailCopy,
            boolean solve,
            @Nullable String rfcMessageId,
            List<String> rfcReferences,
            @Nullable UUID mailId) {
        this(
                id,
                kind,
                deliverVia,
                delivery,
                at,
                authorId,
                authorName,
                subject,
                body,
                recipients,
                inReplyToMessageId,
                mailCopy,
                solve,
                rfcMessageId,
                rfcReferences,
                mailId,
                null,
                List.of(),
                null);
    }

    /// What a customer wrote.
    public static NewMessage fromCustomer(
            UUID id, Instant at, @Nullable String authorName, @Nullable String subject, Body body) {
        return new NewMessage(
                id,
                MessageKind.CUSTOMER,
                null,
                Delivery.NONE,
                at,
                null,
                authorName,
                subject,
                body,
                Recipients.NONE,
                null,
                false,
                false,
                null,
                List.of(),
                null);
    }

    /// What only those who work here see.
    public static NewMessage internal(
            UUID id, MessageKind kind, Instant at, @Nullable UUID authorId, @Nullable String authorName, Body body) {
        return new NewMessage(
                id,
                kind,
                null,
                Delivery.NONE,
                at,
                authorId,
                authorName,
                null,
                body,
                Recipients.NONE,
                null,
                false,
                false,
                null,
                List.of(),
                null);
    }

    /// The same message, as it came by mail.
    public NewMessage byMail(
            UUID mailId,
            @Nullable String senderAddress,
            @Nullable String rfcMessageId,
            List<String> rfcReferences,
            Recipients recipients) {
        return new NewMessage(
                id,
                kind,
                deliverVia,
                delivery,
                at,
                authorId,
                authorName,
                subject,
                body,
                recipients,
                inReplyToMessageId,
                mailCopy,
                solve,
                rfcMessageId,
                rfcReferences,
                mailId,
                senderAddress,
                mentions,
                signature);
    }

    /// The same message, sent from this address by mail.
    public NewMessage sentFrom(@Nullable String address) {
        return with(address, mentions, signature);
    }

    /// The same message, naming these agents and teams.
    public NewMessage mentioning(List<UUID> named) {
        return with(senderAddress, named, signature);
    }

    /// The same message with this below it; null for nothing.
    public NewMessage signedWith(@Nullable Signature below) {
        return with(senderAddress, mentions, below);
    }

    private NewMessage with(@Nullable String sender, List<UUID> named, @Nullable Signature below) {
        return new NewMessage(
                id,
                kind,
                deliverVia,
                delivery,
                at,
                authorId,
                authorName,
                subject,
                body,
                recipients,
                inReplyToMessageId,
                mailCopy,
                solve,
                rfcMessageId,
                rfcReferences,
                mailId,
                sender,
                named,
                below);
    }
}

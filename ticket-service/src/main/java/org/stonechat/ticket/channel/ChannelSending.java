package org.stonechat.ticket.channel;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.outbound.Outbound;
import org.stonechat.kit.outbound.OutboundFailure;
import org.stonechat.kit.secret.WebhookSignature;
import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.reply.Deliveries;
import org.stonechat.ticket.ticket.PublicReply;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketRepository;

/// Posts answers to their channel, one after the other per conversation.
///
/// An answer of which nobody knows whether it arrived is posted again under the same `webhook-id`, by which
/// the other side knows it: the specification asks receivers to treat it as an idempotency key.
@ApplicationScoped
class ChannelSending implements WorkHandler {

    static final String KIND = "channel-send";

    private static final int ANSWER_READ = 1024;
    private static final long LARGEST_FILES = 20L * 1024 * 1024;

    private final ChannelRepository channels;
    private final ChannelSecrets secrets;
    private final MessageRepository messages;
    private final TicketRepository tickets;
    private final Deliveries deliveries;
    private final BlobStore blobs;
    private final Outbound outbound;
    private final DueWork dueWork;
    private final InstantSource clock;

    ChannelSending(
            ChannelRepository channels,
            ChannelSecrets secrets,
            MessageRepository messages,
            TicketRepository tickets,
            Deliveries deliveries,
            BlobStore blobs,
            Outbound outbound,
            DueWork dueWork,
            InstantSource clock) {
        this.channels = channels;
        this.secrets = secrets;
        this.messages = messages;
        this.tickets = tickets;
        this.deliveries = deliveries;
        this.blobs = blobs;
        this.outbound = outbound;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    record Sending(
            UUID messageId,
            @Nullable UUID channelId,
            @Nullable String conversationId) {}

    void queue(@Observes PublicReply reply) {
        if (reply.message().deliverVia() != DeliverVia.CHANNEL) {
            return;
        }
        Optional<ChannelRepository.Conversation> conversation =
                channels.conversation(messages.family(reply.ticket().id()));
        UUID messageId = reply.message().id();
        dueWork.schedule(
                KIND,
                messageId.toString(),
                clock.instant(),
                conversation
                        .map(known -> "channel " + known.channelId() + " " + known.externalId())
                        .orElse(null),
                new Sending(
                        messageId,
                        conversation
                                .map(ChannelRepository.Conversation::channelId)
                                .orElse(null),
                        conversation
                                .map(ChannelRepository.Conversation::externalId)
                                .orElse(null)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int maxAttempts() {
        return 15;
    }

    @Override
    public Outcome perform(WorkItem item) {
        Sending sending = item.payloadAs(Sending.class);
        Channel channel = sending.channelId() == null ? null : channels.findById(sending.channelId());
        if (channel == null || sending.conversationId() == null) {
            return failed(sending, "NO_CONVERSATION");
        }
        if (!channel.isActive() || channel.outboundUrl() == null) {
            return failed(sending, "CHANNEL_INACTIVE");
        }
        Message message = messages.findById(sending.messageId());
        List<Attachment> files = messages.attachments(List.of(message.id()));
        if (files.stream().mapToLong(Attachment::size).sum() > LARGEST_FILES) {
            return failed(sending, "ATTACHMENTS_TOO_LARGE");
        }
        Instant now = clock.instant();
        try {
            URI target = outbound.parse(channel.outboundUrl());
            byte[] body = body(channel, sending.conversationId(), message, files, now);
            String id = message.id().toString();
            Outbound.Answer answer = outbound.post(
                    target,
                    Map.of(
                            "Content-Type",
                            "application/json",
                            WebhookSignature.ID,
                            id,
                            WebhookSignature.TIMESTAMP,
                            Long.toString(now.getEpochSecond()),
                            WebhookSignature.SIGNATURE,
                            WebhookSignature.sign(
                                    secrets.open(channel.id(), channel.sealedSecret()),
                                    id,
                                    now.getEpochSecond(),
                                    body)),
                    body,
                    ANSWER_READ);
            return outcome(sending, answer);
        } catch (Outbound.Refused refused) {
            return failed(sending, "ADDRESS_REFUSED");
        } catch (OutboundFailure away) {
            return Outcome.retry("the channel's server: " + away.getMessage());
        } catch (IOException unreadable) {
            return Outcome.retry(
                    "an attachment could not be read: " + unreadable.getClass().getSimpleName());
        }
    }

    private Outcome outcome(Sending sending, Outbound.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return Outcome.done(
                    () -> deliveries.changed(sending.messageId(), Delivery.SENT, null, clock.instant(), null));
        }
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return Outcome.retry(
                    "the channel's server answered " + status,
                    Outbound.retryAfter(answer).map(Duration::ofSeconds).orElse(null));
        }
        return failed(sending, "ANSWERED_" + status);
    }

    private Outcome failed(Sending sending, String reason) {
        return Outcome.failed(
                reason, () -> deliveries.changed(sending.messageId(), Delivery.FAILED, reason, clock.instant(), null));
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        deliveries.changed(
                item.payloadAs(Sending.class).messageId(), Delivery.FAILED, "NO_ANSWER", clock.instant(), null);
    }

    private byte[] body(Channel channel, String conversationId, Message message, List<Attachment> files, Instant now)
            throws IOException {
        Ticket ticket = tickets.survivorOf(message.ticketId()).orElseThrow();
        List<Map<String, Object>> attachments = new ArrayList<>();
        for (Attachment file : files) {
            try (var bytes = blobs.open(file.sha256())) {
                Map<String, Object> attachment = new LinkedHashMap<>();
                attachment.put("name", file.name());
                attachment.put("contentType", file.contentType());
                attachment.put("size", file.size());
                attachment.put("content", bytes.readAllBytes());
                attachments.add(attachment);
            }
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("channelId", channel.id());
        data.put("conversationId", conversationId);
        data.put("messageId", message.id());
        data.put("ticketId", ticket.id());
        data.put("ticketNumber", ticket.number());
        data.put("authorName", message.authorName());
        data.put("text", message.bodyText());
        data.put("html", message.bodyHtml());
        data.put("attachments", attachments);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "message.created");
        event.put("timestamp", now);
        event.put("data", data);
        return EventJson.write(event).getBytes(StandardCharsets.UTF_8);
    }
}

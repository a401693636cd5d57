package org.stonechat.ticket.queue;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "Queue")
record QueueView(UUID id, UUID departmentId, String name, int position, boolean retired, int version) {

    static QueueView from(Queue queue) {
        return new QueueView(
                queue.id(), queue.departmentId(), queue.name(), queue.position(), queue.isRetired(), queue.version());
    }
}

package org.stonechat.ticket.ticket;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Whom a ticket goes to. An agent alone leaves it with its team; a team alone takes it from its agent;
/// neither hands it back to everybody.
@Schema(name = "AssignmentRequest")
record AssignmentRequest(@Nullable UUID agentId, @Nullable UUID teamId) {}

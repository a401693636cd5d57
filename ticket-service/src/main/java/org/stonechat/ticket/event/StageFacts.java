package org.stonechat.ticket.event;

import java.util.UUID;

import org.stonechat.ticket.department.StageCategory;

/// The stage of a ticket in its standing facts.
public record StageFacts(UUID id, StageCategory category) {}

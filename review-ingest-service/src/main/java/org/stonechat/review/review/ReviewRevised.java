package org.stonechat.review.review;

import org.stonechat.kit.event.DomainEvent;

/// What a reader sees of a review has changed; the event holds all of the new content.
public record ReviewRevised(ReviewFacts data, ReviewPerson personal) implements DomainEvent {}

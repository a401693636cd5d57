package org.stonechat.review.review;

import org.stonechat.kit.event.DomainEvent;

/// A review was seen for the first time.
public record ReviewImported(ReviewFacts data, ReviewPerson personal) implements DomainEvent {}

package org.stonechat.rating.request;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// The timer of a request: when it is due, the customer is asked.
@ApplicationScoped
class RequestRating implements WorkHandler {

    private final RatingRequests requests;

    RequestRating(RatingRequests requests) {
        this.requests = requests;
    }

    @Override
    public String kind() {
        return RatingRequests.WORK;
    }

    @Override
    public Outcome perform(WorkItem item) {
        RatingRequests.TicketRef ticket = item.payloadAs(RatingRequests.TicketRef.class);
        return Outcome.done(() -> requests.request(ticket.ticketId()));
    }
}

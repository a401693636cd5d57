data ->> 'reviewId' is not null
   and (type in ('TicketCreated', 'TicketAssigned', 'TicketReferred')
        or type = 'MessageAdded' and data ->> 'deliverVia' = 'REVIEW')
or type = 'MessageDeliveryChanged' and data ->> 'deliverVia' = 'REVIEW'
   and data ->> 'from' = 'FAILED' and data ->> 'to' = 'QUEUED'
or type = 'ReviewTicketRefused'

data ->> 'stage' is not null
and type not in (
    'MessageAdded', 'MessageDeliveryChanged', 'AttachmentAdded', 'AttachmentRemoved', 'DueDateChanged',
    'EscalationChanged', 'PriorityChanged', 'QueueChanged', 'RootCausesChanged', 'TicketsLinked', 'TicketsUnlinked')

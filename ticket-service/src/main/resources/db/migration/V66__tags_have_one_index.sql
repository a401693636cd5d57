-- `ticket_filtered` has them too. Apart from its making: who waits for a whole index to be built must not want more then.
drop index ticket_tags_in;

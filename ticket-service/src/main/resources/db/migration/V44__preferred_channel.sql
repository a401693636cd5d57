-- How a contact wants to be answered is the contact's own, and told with it.
update contact set preferred_channel = chosen.channel
from contact_channel chosen
where chosen.contact_id = contact.id and contact.preferred_channel is null;

drop table contact_channel;

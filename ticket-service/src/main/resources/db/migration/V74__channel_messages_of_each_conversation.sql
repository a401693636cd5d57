-- Some messengers number the messages of each conversation anew: an id is one message's within its conversation alone.
-- Empty: taken in before conversations were noted.
alter table channel_message add column conversation_id text not null default '';

with recursive lived as (
    select c.channel_id, c.external_id as conversation_id, c.ticket_id from channel_conversation c
    union
    -- A conversation whose ticket was closed for good went on in a follow-up.
    select l.channel_id, l.conversation_id, t.follow_up_of from lived l
    join ticket t on t.id = l.ticket_id where t.follow_up_of is not null)
update channel_message m set conversation_id = l.conversation_id
from lived l where l.channel_id = m.channel_id and l.ticket_id = m.ticket_id;

alter table channel_message drop constraint channel_message_pkey;
alter table channel_message add primary key (channel_id, conversation_id, external_id);

-- What a list is filtered by and hardly any ticket has is found by what it is, department by department; lists are in the
-- order of their other indexes where it is common.
create index ticket_filtered on ticket using gin (department_id, tags, type_id, queue_id, category, channel, language)
    with (gin_pending_list_limit = 512);

-- How common a value is differs from field to field: without this the planner multiplies shares that belong together.
create statistics ticket_field_values (mcv) on field_id, number_value, (left(text_value, 100)) from ticket_field;
alter statistics ticket_field_values set statistics 1000;
-- Statistics that are only declared know nothing until a tenth of the table has changed.
analyze ticket_field;

-- Read by journey.sql.relay_lines. Which relays stand in which list of a desk, as one adviser reads it. Every column
-- asked for here, and by the policies, stands in the indexes `relay_desk` and `relay_sent_and_awaited`.
with unclaimed as materialized (
    select id, due_on from journey_relay
    where recipient_id = %(organisation)s::bigint and state = 'sent' and ended_at is null
    order by due_on, id limit 100
), held as materialized (
    select id, state, due_on, adviser_id is not distinct from %(user)s::bigint as is_mine,
        row_number() over (
            partition by adviser_id is not distinct from %(user)s::bigint order by due_on nulls last, id
        ) as place
    from journey_relay
    where recipient_id = %(organisation)s::bigint and ended_at is null
        and state in ('acknowledged', 'info_requested', 'accepted', 'in_progress')
), gone as materialized (
    select id, list, row_number() over (partition by list order by due_on nulls last, id desc) as place
    from (
        select r.id, r.due_on, case
            when r.state in ('draft', 'info_requested', 'declined', 'expired', 'failed') then 'answers' else 'sent'
        end as list
        from journey_relay r
        where r.source_adviser_id = %(user)s::bigint and r.source_id = %(organisation)s::bigint and (
            r.state in (
                'draft', 'awaiting_person', 'sent', 'acknowledged', 'info_requested', 'accepted', 'in_progress'
            )
            or r.state in ('declined', 'expired', 'failed') and r.ended_at > %(ended_after)s::timestamptz
                and not exists (select 1 from journey_relaysequel s where s.relay_id = r.id)
        )
    ) listed
)
(select 'unclaimed' as list, id from unclaimed order by due_on, id limit %(most)s::int)
union all
select case when is_mine then 'mine' else 'held' end, id from held
where place <= %(most)s::int and (is_mine or not %(is_home)s::boolean)
union all
select list, id from gone
where place <= case when list = 'sent' and %(is_home)s::boolean then %(most_at_home)s::int else %(most)s::int end
union all
select 'unclaimed_count', count(*) from unclaimed
union all
select 'late_count', least(100, (select count(*) from unclaimed where due_on < %(day)s::date)
    + (select count(*) from held where state <> 'in_progress' and due_on < %(day)s::date))

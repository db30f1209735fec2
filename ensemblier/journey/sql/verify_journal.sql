-- Read by journey.sql.chain. What does not hold in the chains; nothing when the journal is as it was written.
with ordered as (
    select
        l.shard, l.position, l.entry_id, l.digest, l.mark,
        lag(l.position, 1, 0::bigint) over same_chain as position_before,
        lag(l.mark) over same_chain as mark_before
    from journey_journallink l
    window same_chain as (partition by l.shard order by l.position)
),
last_links as (
    select distinct on (shard) shard, position, mark from journey_journallink order by shard, position desc
),
erased as (
    select coalesce(max(substring(subject from '\d+$')::bigint), 0) as up_to
    from journey_journalentry where act = 'erase_journal'
),
known as (
    select * from unnest(%(shards)s::int[], %(positions)s::bigint[], %(marks)s::bytea[]) as h (shard, position, mark)
)
select 'hole' as fault, shard::int, position from ordered where position <> position_before + 1
union all
select 'chain', shard, position from ordered
where mark <> sha256(coalesce(mark_before, journey_first_mark(shard)) || int8send(position) || digest)
union all
select 'entry erased', o.shard, o.position
from ordered o cross join erased left join journey_journalentry e on e.id = o.entry_id
where e.id is null and o.entry_id > erased.up_to
union all
select 'entry changed', o.shard, o.position
from ordered o join journey_journalentry e on e.id = o.entry_id
where o.digest <> journey_entry_digest(e)
union all
select 'entry without link', -1, e.id
from journey_journalentry e left join journey_journallink l on l.entry_id = e.id where l.id is null
union all
select 'head', coalesce(h.shard, l.shard), coalesce(h.position, l.position)
from journey_journalhead h full join last_links l on l.shard = h.shard
where (h.position, h.mark) is distinct from (l.position, l.mark) and coalesce(h.position, 0) + coalesce(l.position, 0) > 0
union all
select 'exported head', k.shard, k.position
from known k left join journey_journallink l on l.shard = k.shard and l.position = k.position
where k.mark is distinct from l.mark
order by 1, 2, 3
limit 100

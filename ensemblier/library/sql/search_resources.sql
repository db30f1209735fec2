-- Best resources of a question: candidates by the index; those that hold the most of what weighs; the best of them ranked
-- by how often they hold its words, and these by how near to each other their rarest words stand. What bears a name in a comment is written by search.py, from stems alone (letters, figures).
with candidates as materialized (
    select i.resource_id, i.length, i.issued_on,
        case when %(is_member)s::boolean then coalesce(i.all_words, i.words) else i.words end as words
    from library_indexedresource i
    where (i.words @@ %(wide)s::tsquery or (%(is_member)s::boolean and i.all_words is not null and i.all_words @@ %(wide)s::tsquery))
      and (i.audience_key = '' or i.audience_key = any (%(keys)s::text[]))
      and (%(kind)s::text = '' or i.kind = %(kind)s::text)
      and (%(domain)s::text = '' or i.domain = %(domain)s::text)
      and (%(zones)s::text[] = '{}' or i.zone_key = any (%(zones)s::text[]))
      and (%(since)s::date is null or i.issued_on >= %(since)s::date)
      and (%(until)s::date is null or i.issued_on < %(until)s::date)
      and (%(after)s::timestamptz is null or i.indexed_at > %(after)s::timestamptz)
    limit %(most)s::int
), kept as materialized (
    select resource_id, words, length, issued_on from candidates
    order by (0 /* held */) / (0.9::float8 + 0.1::float8 * length / %(usual)s::float8) desc, resource_id desc
    limit %(refined)s::int
), ranked as materialized (
    select *, (0 /* ranked */) / (0.9::float8 + 0.1::float8 * length / %(usual)s::float8) as score
    from kept order by score desc, resource_id desc limit %(near)s::int
)
select resource_id, (score + (0 /* near */) + (0 /* titled */))::float8,
    array[true /* by_word */]::boolean[], array[true /* typed */]::boolean[]
from ranked
order by 2 desc, issued_on desc nulls last, resource_id desc
limit %(many)s::int

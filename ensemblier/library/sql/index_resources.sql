-- The entries of these resources, written anew; those that are withdrawn leave. One statement, in the change's transaction.
with asked as (
    select r.*, coalesce(o.name, r.publisher_name) as publisher_shown,
        (select string_agg(p.text, ' ' order by p.start_ms) from library_passage p where p.resource_id = r.id) as said
    from library_resource r left join directory_organisation o on o.id = r.publisher_id
    where r.id = any (%(ids)s::bigint[])
), gone as (
    delete from library_indexedresource i using asked a where i.resource_id = a.id and a.state <> 'published'
), vectors as (
    select a.*,
        setweight(public.library_stems(a.title), 'A') as title_part,
        setweight(public.library_stems(concat_ws(' ', array_to_string(a.keywords, ' '), array_to_string(a.authors, ' '),
            a.series, a.number, a.publisher_shown, a.commissioner_name, a.identifier)), 'B') as notice_part,
        setweight(public.library_stems(a.abstract), 'C') as abstract_part,
        setweight(public.library_stems(concat_ws(' ', a.body, a.said)), 'D') as content_part
    from asked a where a.state = 'published'
)
insert into library_indexedresource as i (
    resource_id, words, all_words, title_words, length, kind, domain, zone_key, audience_key, issued_on, is_fictitious, indexed_at
)
select id,
    case when audience = 'members' then title_part || notice_part || abstract_part
         else title_part || notice_part || abstract_part || content_part end,
    case when audience = 'members' then title_part || notice_part || abstract_part || content_part end,
    title_part, length(title_part || notice_part || abstract_part || content_part),
    kind, domain, coalesce(zone_id, ''), audience_key, issued_on, is_fictitious, statement_timestamp()
from vectors
on conflict (resource_id) do update set
    words = excluded.words, all_words = excluded.all_words, title_words = excluded.title_words, length = excluded.length,
    kind = excluded.kind, domain = excluded.domain, zone_key = excluded.zone_key, audience_key = excluded.audience_key,
    issued_on = excluded.issued_on, is_fictitious = excluded.is_fictitious, indexed_at = excluded.indexed_at

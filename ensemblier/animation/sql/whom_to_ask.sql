-- Groups at work and deciders that speak of what was asked, the closest first; groups for who is signed in only.
with asked as (
    select replace(plainto_tsquery('public.library_french', public.library_plain(%(text)s::text))::text, '&', '|')::tsquery as words
), found as (
    select 'groupe' as kind, g.uid, g.name, o.name as holder, public.library_stems(g.name || ' ' || g.mandate) as words
    from animation_workinggroup g join directory_organisation o on o.id = g.holder_id
    where %(is_member)s::boolean and (g.ended_on is null or g.ended_on >= %(on)s::date)
    union all
    select 'decideur', d.uid, d.subject, coalesce(o.name, d.decider), public.library_stems(d.subject || ' ' || d.words)
    from animation_decisionholder d left join directory_organisation o on o.id = d.organisation_id
)
select f.kind, f.uid, f.name, f.holder
from found f, asked a where f.words @@ a.words
order by ts_rank(f.words, a.words) desc, f.name, f.uid limit %(many)s::int

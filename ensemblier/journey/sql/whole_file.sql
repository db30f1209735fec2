-- Read by journey.sql.whole_file: what the first page of a file holds for somebody who reads it whole, in one question
-- that is planned once for each connection: each subject as rows of its table in JSON, beside the names that it shows.
-- `near`: the files read as one with this one after a merge, itself first; only those that the reader may open too.
-- `named`: the structures that may be named, those that hold a file and those with which she shares now.
with read as materialized (
    select p.id, p.uid, p.organisation_id, 0::bigint as place, false as is_above
    from journey_person p where p.id = %(person)s::bigint
    union all
    select p.id, p.uid, p.organisation_id, m.id, m.other_id = %(person)s::bigint
    from journey_filemerge m
    join journey_person p on p.id = case when m.kept_id = %(person)s::bigint then m.other_id else m.kept_id end
    where (m.kept_id = %(person)s::bigint or m.other_id = %(person)s::bigint) and m.state = 'merged'
),
near as materialized (
    select coalesce(array_agg(id), '{}') as ids from read where not is_above
)
select
    (select jsonb_agg(jsonb_build_object('id', id, 'uid', uid, 'is_above', is_above) order by place) from read) as near,
    (select jsonb_agg(n.id) from (
        select r.organisation_id as id from read r where not r.is_above
        union select c.organisation_id from journey_consent c where c.person_id = any (n.ids) and c.revoked_at is null
            and c.given_at <= statement_timestamp() and c.ends_at > statement_timestamp()) n) as named,
    (select jsonb_agg(to_jsonb(s) order by s.id) from journey_statusperiod s where s.person_id = any (n.ids)) as statuses,
    (select jsonb_agg(to_jsonb(a) order by a.id) from journey_activity a
        where a.person_id = any (n.ids) and not a.is_removed) as activities,
    (select jsonb_agg(to_jsonb(d) order by d.noted_on, d.id) from journey_need d where d.person_id = any (n.ids)) as needs,
    (select jsonb_agg(to_jsonb(q) order by q.id) from journey_personquality q where q.person_id = any (n.ids)) as qualities,
    (select jsonb_agg(to_jsonb(s) || jsonb_build_object('rome', to_jsonb(t)) order by s.id)
        from journey_skill s left join journey_rometitle t on t.code = s.rome_id
        where s.person_id = any (n.ids) and not s.is_removed) as skills,
    (select jsonb_agg(to_jsonb(j) || jsonb_build_object('rome', to_jsonb(t)) order by j.id)
        from journey_project j left join journey_rometitle t on t.code = j.rome_id where j.person_id = any (n.ids)) as projects,
    (select jsonb_agg(l.note order by l.held_on desc, l.id desc) from (
        select o.id, o.held_on, to_jsonb(o) || jsonb_build_object('sealed', encode(o.sealed, 'base64'),
            'author', jsonb_build_object('id', u.id, 'name', u.name)) as note
        from journey_note o join accounts_user u on u.id = o.author_id
        where o.person_id = any (n.ids) and (o.kind <> 'private' or o.author_id = %(reader)s::bigint)
        order by o.held_on desc, o.id desc limit %(notes)s::int) l) as notes,
    (select jsonb_agg(l.reading order by l.read_on desc, l.id desc) from (
        select g.id, g.read_on, to_jsonb(g) || jsonb_build_object('author', jsonb_build_object('id', u.id, 'name', u.name),
            'steps', (select jsonb_agg(to_jsonb(e) order by e.id) from journey_readingstep e where e.reading_id = g.id)) as reading
        from journey_reading g join accounts_user u on u.id = g.author_id where g.person_id = any (n.ids)
        order by g.read_on desc, g.id desc limit 2) l) as readings,
    (select jsonb_agg(to_jsonb(l) || jsonb_build_object('adviser', jsonb_build_object('id', u.id, 'name', u.name),
            'organisation', jsonb_build_object('id', o.id, 'name', o.name)) order by l.since, l.id)
        from journey_lead l join journey_episode e on e.id = l.episode_id join accounts_user u on u.id = l.adviser_id
        join directory_organisation o on o.id = l.organisation_id
        where e.person_id = any (n.ids) and l.until = timestamptz '9999-12-31 00:00+00') as leads,
    (select jsonb_agg(to_jsonb(a) || jsonb_build_object('user', jsonb_build_object('id', u.id, 'name', u.name),
            'organisation', jsonb_build_object('id', o.id, 'name', o.name)) order by a.since, a.id)
        from journey_access a join accounts_user u on u.id = a.user_id join directory_organisation o on o.id = a.organisation_id
        where a.person_id = any (n.ids) and a.ended_at is null and (a.until is null or a.until > statement_timestamp())
            and a.reason = any (%(colleagues)s::text[])) as accesses,
    (select jsonb_agg(to_jsonb(g) || jsonb_build_object('organisation',
            case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name) end) order by g.since, g.id)
        from journey_groupmember g left join directory_organisation o on o.id = g.organisation_id
        where g.person_id = any (n.ids)) as members,
    (select jsonb_agg(to_jsonb(d) || jsonb_build_object('author', jsonb_build_object('id', u.id, 'name', u.name),
            'organisation', case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name) end)
            order by d.decided_on desc, d.id desc)
        from journey_decision d join accounts_user u on u.id = d.author_id
        left join directory_organisation o on o.id = d.organisation_id where d.person_id = any (n.ids)) as decisions,
    (select jsonb_agg(to_jsonb(e) || jsonb_build_object('levels', (select jsonb_agg(to_jsonb(v) order by v.entered_on, v.id)
            from journey_episodelevel v where v.episode_id = e.id)) order by e.opened_at desc, e.id desc)
        from journey_episode e where e.person_id = any (n.ids)) as episodes
from near n

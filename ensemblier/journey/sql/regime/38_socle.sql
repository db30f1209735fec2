-- What the socle d'indicateurs counts: one line for each accompaniment, coded, without any name, text or exact birth.
-- For a task, or a team lead of the organisation; how many by month, for who manages its accounts too.
create or replace function journey_socle_facts(organisation bigint, start_ timestamptz, end_ timestamptz)
    returns setof jsonb stable security definer set search_path = pg_catalog, public language sql as $$
    select jsonb_build_object(
        'commune', p.commune_id,
        'opened_on', opened.day,
        'closed_on', case when e.closes_at < '9999-01-01' then journey_paris_day(e.closes_at) end,
        'level', (
            select l.level from journey_episodelevel l where l.episode_id = e.id
            order by l.entered_on desc, l.id desc limit 1
        ),
        'age', extract(year from age(opened.day, p.born))::integer,
        'statuses', (
            select coalesce(jsonb_agg(s.status order by s.status), '[]') from journey_statusperiod s
            where s.person_id = p.id and (s.valid_from is null or s.valid_from <= opened.day)
                and (s.valid_to is null or s.valid_to > opened.day)
        ),
        'purposes', to_jsonb(e.purposes),
        'relays_sent', (
            select count(*) from journey_relay r where r.episode_id = e.id and r.sent_at is not null
        ),
        'came_by_relay', p.brought_by_id is not null,
        'actions', (
            select coalesce(jsonb_agg(distinct t.kind), '[]') from journey_planstep t where t.person_id = p.id
        ),
        'plan_signed', exists (
            select 1 from journey_signature g where g.person_id = p.id and g.plan_version_id is not null
        )
    )
    from journey_episode e
    join journey_person p on p.id = e.person_id
    cross join lateral (select journey_paris_day(e.opened_at) as day) opened
    where p.organisation_id = organisation and e.opened_at >= start_ and e.opened_at < end_
        and (journey_is_worker() or (organisation = journey_organisation() and journey_is('team_lead')))
    order by e.opened_at, e.id
$$;
create or replace function journey_socle_months(organisation bigint, since timestamptz)
    returns table (month date, episodes bigint) stable security definer set search_path = pg_catalog, public
    language sql as $$
    select date_trunc('month', journey_paris_day(e.opened_at))::date, count(*)
    from journey_episode e join journey_person p on p.id = e.person_id
    where p.organisation_id = organisation and e.opened_at >= since
        and (journey_is_worker() or (organisation = journey_organisation()
            and (journey_is('team_lead') or journey_is('account_manager'))))
    group by 1 order by 1 desc
$$;

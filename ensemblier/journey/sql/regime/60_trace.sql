-- What the journey publishes to be observed: organisations, professionals by a key, months, zones, codes. No person: no
-- column of these views holds one, and trace_owner may read no column that names her (locks_of_tables.TRACED).
--
-- A professional and a relay are known by an HMAC-SHA256 (RFC 2104) under a key drawn here for each year, that nobody
-- but trace_owner reads: within a year the same key is the same professional, from one year to the next nothing follows.
do $schema$
begin
    if to_regnamespace('trace') is null then
        execute 'create schema trace authorization trace_owner';
    end if;
end
$schema$;
grant usage on schema trace to trace_reader, trace_owner;
set local role trace_owner;

create table if not exists trace.yearly_key (year int primary key, inner_pad bytea not null, outer_pad bytea not null);
do $keys$
declare
    drawn bytea;
    inner_pad bytea;
    outer_pad bytea;
begin
    for wanted in 2020 .. 2060 loop
        continue when exists (select 1 from trace.yearly_key where year = wanted);
        drawn := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
            || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
        inner_pad := drawn;
        outer_pad := drawn;
        for place in 0 .. 63 loop
            inner_pad := set_byte(inner_pad, place, get_byte(drawn, place) # 54);
            outer_pad := set_byte(outer_pad, place, get_byte(drawn, place) # 92);
        end loop;
        insert into trace.yearly_key values (wanted, inner_pad, outer_pad);
    end loop;
end
$keys$;
create or replace function trace.hmac(inner_pad bytea, outer_pad bytea, message text) returns text
    immutable parallel safe language sql
    return left(encode(sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))), 'hex'), 32);

drop view if exists trace.relay_v1, trace.orientation_v1, trace.appointment_v1, trace.follow_up_v1, trace.episode_v1,
    trace.status_change_v1, trace.membership_v1;

-- One row for each move of a relay. carrier: the professional who made it (null: the person, a partner, the clock).
create view trace.relay_v1 with (security_barrier) as
select
    trace.hmac(k.inner_pad, k.outer_pad, 'relay ' || r.id) as relay,
    case when e.actor_id is not null then trace.hmac(k.inner_pad, k.outer_pad, 'carrier ' || e.actor_id) end as carrier,
    source.uid as source_organisation, recipient.uid as recipient_organisation,
    e.move as step, e.party, e.from_state, e.to_state,
    (e.at::date - lag(e.at::date, 1, r.created_at::date) over (partition by e.relay_id order by e.version)) as delay_days,
    date_trunc('month', e.at)::date as month, c.zone_emploi_id as zone, r.kind, r.reason as motive, r.outcome,
    r.choice_channel as formality
from journey_relayevent e
join journey_relay r on r.id = e.relay_id
join trace.yearly_key k on k.year = extract(year from e.at)
join directory_organisation source on source.id = r.source_id
left join directory_organisation recipient on recipient.id = r.recipient_id
join journey_person p on p.id = r.person_id
left join territory_commune c on c.code = p.commune_id;

-- One row for each welcome of level 1.
create view trace.orientation_v1 with (security_barrier) as
select
    trace.hmac(k.inner_pad, k.outer_pad, 'carrier ' || l.user_id) as carrier, o.uid as organisation,
    date_trunc('month', l.at)::date as month, c.zone_emploi_id as zone, l.channel, l.answer
from journey_levelonecontact l
join trace.yearly_key k on k.year = extract(year from l.at)
join directory_organisation o on o.id = l.organisation_id
left join territory_commune c on c.code = l.commune_id;

create view trace.appointment_v1 with (security_barrier) as
select
    trace.hmac(k.inner_pad, k.outer_pad, 'carrier ' || a.adviser_id) as carrier, o.uid as organisation,
    date_trunc('month', a.starts_at)::date as month, c.zone_emploi_id as zone, a.meeting, a.state
from journey_appointment a
join trace.yearly_key k on k.year = extract(year from a.starts_at)
join directory_organisation o on o.id = a.organisation_id
join journey_person p on p.id = a.person_id
left join territory_commune c on c.code = p.commune_id;

-- One row for each structure around a file, beside the one that holds it.
create view trace.follow_up_v1 with (security_barrier) as
select
    holder.uid as holder_organisation, member.uid as member_organisation, g.role,
    date_trunc('month', g.since)::date as since_month, date_trunc('month', g.until)::date as until_month,
    c.zone_emploi_id as zone
from journey_groupmember g
join journey_person p on p.id = g.person_id
join directory_organisation holder on holder.id = p.organisation_id
join directory_organisation member on member.id = g.organisation_id
left join territory_commune c on c.code = p.commune_id
where not g.is_sensitive;

-- One row for each lead of an accompaniment, in order.
create view trace.episode_v1 with (security_barrier) as
select
    trace.hmac(k.inner_pad, k.outer_pad, 'episode ' || e.id) as episode,
    trace.hmac(k.inner_pad, k.outer_pad, 'carrier ' || l.adviser_id) as carrier,
    holder.uid as holder_organisation, lead_organisation.uid as lead_organisation,
    row_number() over (partition by e.id order by l.since) as lead_rank,
    date_trunc('month', l.since)::date as since_month,
    case when l.until < '9999-01-01' then date_trunc('month', l.until)::date end as until_month,
    case when e.closes_at < '9999-01-01' then date_trunc('month', e.closes_at)::date end as closed_month,
    (select v.level from journey_episodelevel v where v.episode_id = e.id order by v.entered_on desc, v.id desc limit 1)
        as level,
    l.relay_id is not null as by_relay, c.zone_emploi_id as zone
from journey_lead l
join journey_episode e on e.id = l.episode_id
join trace.yearly_key k on k.year = extract(year from e.opened_at)
join journey_person p on p.id = e.person_id
join directory_organisation holder on holder.id = p.organisation_id
join directory_organisation lead_organisation on lead_organisation.id = l.organisation_id
left join territory_commune c on c.code = p.commune_id;

-- One row for each status that begins, with the one that ended at most a month before (null: none known).
create view trace.status_change_v1 with (security_barrier) as
select
    holder.uid as organisation, before.status as from_status, s.status as to_status,
    date_trunc('month', s.valid_from)::date as month, c.zone_emploi_id as zone
from journey_statusperiod s
join journey_person p on p.id = s.person_id
join directory_organisation holder on holder.id = p.organisation_id
left join lateral (
    select b.status from journey_statusperiod b
    where b.person_id = s.person_id and b.id <> s.id
        and b.valid_to between s.valid_from - 31 and s.valid_from + 1
    order by b.valid_to desc, b.id desc limit 1
) before on true
left join territory_commune c on c.code = p.commune_id
where s.valid_from is not null;

-- Who works where, to see how links outlive people: one row for each membership and year it begins in.
create view trace.membership_v1 with (security_barrier) as
select
    trace.hmac(k.inner_pad, k.outer_pad, 'carrier ' || m.user_id) as carrier, o.uid as organisation, m.role,
    date_trunc('month', m.valid_from)::date as since_month, date_trunc('month', m.valid_to)::date as until_month, k.year
from accounts_membership m
join trace.yearly_key k on k.year between coalesce(extract(year from m.valid_from), 2020)
    and least(coalesce(extract(year from m.valid_to), 2060), extract(year from now()))
join directory_organisation o on o.id = m.organisation_id;

grant select on trace.relay_v1, trace.orientation_v1, trace.appointment_v1, trace.follow_up_v1, trace.episode_v1,
    trace.status_change_v1, trace.membership_v1 to trace_reader;
set local role none;

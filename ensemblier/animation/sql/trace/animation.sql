-- What the animation of a territory publishes to be observed: organisations, months, kinds, counts. No person: the columns
-- granted to trace_owner hold none. Applied with the regime, after the views of the journey.
grant select (id, kind, starts_at, state, organiser_id, commune_id, audience, cell_id, group_id) on animation_event
    to trace_owner;
grant select (event_id, organisation_id, state, attended) on animation_registration to trace_owner;
grant select (event_id, organisation_id) on animation_event_partner to trace_owner;
grant select (id, uid, holder_id, started_on, ended_on, cell_id) on animation_workinggroup to trace_owner;
grant select (group_id, organisation_id, role, since, until) on animation_workinggroupmember to trace_owner;
grant select (group_id, organisation_id, due_on, progress, ended_on) on animation_commitment to trace_owner;
grant select (organisation_id, other_id, month, motive, answers) on animation_contactreport to trace_owner;
grant select (organisation_id, other_id, form, since, until) on animation_declaredtie to trace_owner;
grant select (id, uid, kind, started_on, ended_on) on animation_cell to trace_owner;
grant select (cell_id, organisation_id, since, until) on animation_cellcarrier to trace_owner;
grant select (cell_id, organisation_id, since, until) on animation_cellmember to trace_owner;
grant select (id, uid, template, started_on, ended_on) on animation_problem to trace_owner;
grant select (problem_id, organisation_id, is_pilot, since, until) on animation_problempartner to trace_owner;
grant select (id, uid, axes, started_on, ended_on, agreement_id) on animation_partnership to trace_owner;
grant select (partnership_id, organisation_id) on animation_partnershipparty to trace_owner;
grant select (cell_id, problem_id, organisation_id, euros, since, until) on animation_funding to trace_owner;
grant usage on schema trace to trace_owner;
set local role trace_owner;

drop view if exists trace.event_attendance_v1, trace.group_v1, trace.commitment_v1, trace.contact_survey_v1,
    trace.declared_v1, trace.cell_v1, trace.problem_v1, trace.convention_v1, trace.funding_v1;

-- One row for each organisation at each event of a month that was held: who organised, who came, how many.
create view trace.event_attendance_v1 with (security_barrier) as
select
    organiser.uid as organiser_organisation, guest.uid as attending_organisation, e.kind, e.audience,
    date_trunc('month', e.starts_at)::date as month, c.zone_emploi_id as zone, count(*) as present
from animation_event e
join animation_registration r on r.event_id = e.id and r.attended
join directory_organisation organiser on organiser.id = e.organiser_id
left join directory_organisation guest on guest.id = r.organisation_id
left join territory_commune c on c.code = e.commune_id
where e.state = 'held'
group by e.id, organiser.uid, guest.uid, e.kind, e.audience, month, c.zone_emploi_id;

create view trace.group_v1 with (security_barrier) as
select
    g.uid as working_group, member.uid as organisation, m.role,
    date_trunc('month', m.since)::date as since_month, date_trunc('month', m.until)::date as until_month
from animation_workinggroup g
join animation_workinggroupmember m on m.group_id = g.id
join directory_organisation member on member.id = m.organisation_id;

create view trace.commitment_v1 with (security_barrier) as
select
    owner.uid as organisation, g.uid as working_group, k.progress, date_trunc('month', k.due_on)::date as due_month,
    date_trunc('month', k.ended_on)::date as ended_month, k.ended_on > k.due_on as was_late
from animation_commitment k
join animation_workinggroup g on g.id = k.group_id
join directory_organisation owner on owner.id = k.organisation_id;

create view trace.contact_survey_v1 with (security_barrier) as
select own.uid as organisation, other.uid as other_organisation, a.month, a.motive, a.answers
from animation_contactreport a
join directory_organisation own on own.id = a.organisation_id
join directory_organisation other on other.id = a.other_id;

create view trace.declared_v1 with (security_barrier) as
select
    own.uid as organisation, other.uid as other_organisation, d.form,
    date_trunc('month', d.since)::date as since_month, date_trunc('month', d.until)::date as until_month
from animation_declaredtie d
join directory_organisation own on own.id = d.organisation_id
join directory_organisation other on other.id = d.other_id;

-- One row for each organisation that carries a cell or takes part in it.
create view trace.cell_v1 with (security_barrier) as
select
    c.uid as cell, c.kind, o.uid as organisation, p.part,
    date_trunc('month', coalesce(p.since, c.started_on))::date as since_month,
    date_trunc('month', coalesce(p.until, c.ended_on))::date as until_month
from animation_cell c
join (
    select cell_id, organisation_id, since, until, 'carrier' as part from animation_cellcarrier
    union all
    select cell_id, organisation_id, since, until, 'member' from animation_cellmember
) p on p.cell_id = c.id
join directory_organisation o on o.id = p.organisation_id;

create view trace.problem_v1 with (security_barrier) as
select
    p.uid as problem, p.template, o.uid as organisation, m.is_pilot,
    date_trunc('month', coalesce(m.since, p.started_on))::date as since_month,
    date_trunc('month', coalesce(m.until, p.ended_on))::date as until_month
from animation_problem p
join animation_problempartner m on m.problem_id = p.id
join directory_organisation o on o.id = m.organisation_id;

create view trace.convention_v1 with (security_barrier) as
select
    p.uid as convention, o.uid as organisation, p.axes, p.agreement_id is not null as has_agreement,
    date_trunc('month', p.started_on)::date as since_month, date_trunc('month', p.ended_on)::date as until_month
from animation_partnership p
join animation_partnershipparty y on y.partnership_id = p.id
join directory_organisation o on o.id = y.organisation_id;

create view trace.funding_v1 with (security_barrier) as
select
    c.uid as cell, p.uid as problem, o.uid as organisation, f.euros,
    date_trunc('month', f.since)::date as since_month, date_trunc('month', f.until)::date as until_month
from animation_funding f
left join animation_cell c on c.id = f.cell_id
left join animation_problem p on p.id = f.problem_id
left join directory_organisation o on o.id = f.organisation_id;

grant select on trace.event_attendance_v1, trace.group_v1, trace.commitment_v1, trace.contact_survey_v1,
    trace.declared_v1, trace.cell_v1, trace.problem_v1, trace.convention_v1, trace.funding_v1 to trace_reader;
set local role none;

-- Read by journey.sql.due_rows: the steps of an adviser whose day comes, of the files that she leads. The files first,
-- as an array: then the index of her steps (`plan_step_of_adviser`) is asked for those alone.
with near as materialized (
    select id, person_id, title, due_on from journey_planstep step
    where step.person_id = any ((select journey_files() || journey_shared('project'))::bigint[])
        and step.doer = 'adviser' and step.state in ('to_do', 'going_on') and step.due_on <= %(until)s::date
        and not exists (
            select 1 from journey_planstep before where before.id = step.after_id and before.state in ('to_do', 'going_on')
        )
)
select p.uid, p.given_name, p.family_name, near.title, near.due_on
from near join journey_person p on p.id = near.person_id
where exists (
    select 1 from journey_episode e join journey_lead l on l.episode_id = e.id
    where e.person_id = near.person_id and l.adviser_id = %(user)s::bigint
        and l.organisation_id = %(organisation)s::bigint and l.until = '9999-12-31 00:00:00+00'
)
order by near.due_on, near.id
limit %(most)s::int

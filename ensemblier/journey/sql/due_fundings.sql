-- Read by journey.sql.due_rows: the requests to funders that are near or late, of the files that an adviser leads.
select line.id
from journey_fundingline line
join journey_trainingproject training on training.id = line.training_id and not training.is_given_up
where line.person_id = any ((select journey_files() || journey_shared('project'))::bigint[]) and not line.is_removed
    and (line.state = 'to_ask' and line.ask_by <= %(until)s::date
        or line.state = 'asked' and line.answer_by <= %(until)s::date)
    and exists (
        select 1 from journey_episode e join journey_lead l on l.episode_id = e.id
        where e.person_id = line.person_id and l.adviser_id = %(user)s::bigint
            and l.organisation_id = %(organisation)s::bigint and l.until = '9999-12-31 00:00:00+00'
    )
order by line.id
limit %(most)s::int

-- Read by journey.sql.due_rows: the meetings of an adviser that are not over and begin soon.
select p.uid, a.uid, p.given_name, p.family_name, a.starts_at, a.ends_at, a.meeting, coalesce(site.name, a.place), a.state
from journey_appointment a
join journey_person p on p.id = a.person_id
left join directory_site site on site.id = a.site_id
where a.adviser_id = %(user)s::bigint and a.organisation_id = %(organisation)s::bigint
    and a.state = any (%(states)s::text[]) and a.ends_at > %(at)s::timestamptz and a.starts_at < %(until)s::timestamptz
order by a.starts_at, a.id
limit %(most)s::int

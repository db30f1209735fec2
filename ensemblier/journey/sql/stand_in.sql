-- Read by journey.sql.stand_ins.
select opened_file, opened_person, for_organisation
from journey_stand_in(%(absence)s::uuid, %(at)s::timestamptz, %(why)s::text);

-- Read by journey.sql.stand_ins.
select journey_stand_down(%(at)s::timestamptz);

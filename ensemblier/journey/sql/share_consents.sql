-- Readers share the row; a revocation (FOR UPDATE) waits for them, they wait for it.
select id from journey_consent where id = any(%(ids)s::bigint[]) order by id for share

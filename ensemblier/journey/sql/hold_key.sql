-- Held until the end of the transaction; two different keys that share a number only wait a little.
select pg_advisory_xact_lock(hashtextextended(%(key)s::text, 0));

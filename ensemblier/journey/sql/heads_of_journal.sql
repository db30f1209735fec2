-- Read by journey.sql.chain.
select shard, position, encode(mark, 'hex') from journey_journalhead where position > 0 order by shard

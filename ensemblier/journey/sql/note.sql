-- Read by journey.sql.journal: one line of the journal, in the transaction of what it speaks of.
select journey_note(
    %(user)s::bigint, %(organisation)s::bigint, %(herself)s::bigint, %(person)s::bigint, %(act)s::text,
    %(subject)s::text, %(subject_uid)s::uuid, %(refused)s::boolean, %(at)s::timestamptz
)

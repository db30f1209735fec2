-- Read by journey.sql.scope. Says, for this transaction only, who asks; the role comes last.
select
    current_setting('role') as role_before,
    set_config('ensemblier.user', %(user)s::text, true),
    set_config('ensemblier.organisation', %(organisation)s::text, true),
    set_config('ensemblier.roles', %(roles)s::text, true),
    set_config('ensemblier.person', %(person)s::text, true),
    set_config('ensemblier.relay', %(relay)s::text, true),
    set_config('role', %(role)s::text, true)

-- Read by journey.sql.scope. Says, for this transaction only, who asks; the role comes last. Policies make plans long
-- to draw and never worth compiling: a prepared question is planned once for each connection, for any values.
select
    current_setting('role') as role_before,
    set_config('ensemblier.user', %(user)s::text, true),
    set_config('ensemblier.organisation', %(organisation)s::text, true),
    set_config('ensemblier.roles', %(roles)s::text, true),
    set_config('ensemblier.person', %(person)s::text, true),
    set_config('ensemblier.relay', %(relay)s::text, true),
    set_config('jit', 'off', true),
    set_config('plan_cache_mode', 'force_generic_plan', true),
    set_config('role', %(role)s::text, true)

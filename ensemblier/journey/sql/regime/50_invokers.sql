-- The counters of editions are written by whoever changes a reference table, with her own rights: nothing of ours runs
-- as an exempt owner.
do $invokers$
declare
    counter text;
begin
    foreach counter in array array['public.kernel_changed()', 'public.kernel_new_edition()'] loop
        if to_regprocedure(counter) is not null then
            execute format('alter function %s security invoker', counter);
        end if;
    end loop;
end
$invokers$;

-- What the library knows of each word typed: its stem, how many resources hold it, how many hold a word that begins
-- alike (who has no account learns nothing of words that only members may read); for a word that it does not know, the words that look like it; for a short one, those that it begins.
select
    w.word, s.stem, coalesce(k.resources, 0),
    coalesce((select sum(f.resources) from library_stem f
        where length(s.stem) > %(begins)s::int and f.stem ~>=~ left(s.stem, %(begins)s::int)
          and f.stem ~<~ (left(s.stem, %(begins)s::int) || '{')), 0)::int,
    case when k.stem is null and length(w.word) >= 4 then (
        select coalesce(jsonb_agg(jsonb_build_array(c.word, c.shown, c.stem, c.resources)), '[]')
        from (
            select o.word, o.shown, o.stem, o.resources from library_knownword o
            where o.word operator(public.%%) w.word and length(o.word) between length(w.word) - 2 and length(w.word) + 2
            order by public.similarity(o.word, w.word) desc, o.resources desc limit 30
        ) c
    ) when length(w.word) < 4 then (
        select coalesce(jsonb_agg(jsonb_build_array(c.word, c.shown, c.stem, c.resources)), '[]')
        from (
            select o.word, o.shown, o.stem, o.resources from library_knownword o
            where o.word ~>=~ w.word and o.word ~<~ (w.word || '{') and o.word <> w.word
            order by o.resources desc, o.word limit 5
        ) c
    ) else '[]' end,
    coalesce((
        select jsonb_agg(jsonb_build_array(n.near, n.stem, t.resources))
        from (
            select x.near, public.library_stem(x.near) as stem
            from library_synonym y, unnest(y.near) x(near) where y.term = w.word and x.near !~ ' '
        ) n join library_stem t on t.stem = n.stem
    ), '[]')
from unnest(%(words)s::text[]) with ordinality w(word, n)
cross join lateral (select public.library_stem(w.word) as stem offset 0) s -- once a word: not copied to each place
left join library_stem k on k.stem = s.stem
    and (%(is_member)s::boolean or exists (select from library_knownword o where o.stem = s.stem))
order by w.n

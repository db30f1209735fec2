-- What begins as typed: titles first, then the commonest words.
(select distinct on (public.library_plain(r.title)) 'title', r.title from library_resource r
 where public.library_plain(r.title) ~>=~ %(begun)s::text and public.library_plain(r.title) ~<~ (%(begun)s::text || '{')
   and r.state = 'published' and r.audience <> 'corner'
 order by public.library_plain(r.title) limit %(many)s::int / 2)
union all
(select 'word', k.shown from library_knownword k
 where k.word ~>=~ %(begun)s::text and k.word ~<~ (%(begun)s::text || '{')
 order by k.resources desc, k.word limit %(many)s::int)

-- Every word as it is written, counted in what everybody may find; a word of a group's corner or of a members-only
-- content is suggested to nobody.
with counted as (
    select word, ndoc from ts_stat($$
        select to_tsvector('pg_catalog.simple', public.library_plain(concat_ws(' ', r.title, array_to_string(r.keywords, ' '),
            array_to_string(r.authors, ' '), r.series, r.publisher_name, r.abstract,
            case when r.audience = 'public' then concat_ws(' ', r.body,
                (select string_agg(p.text, ' ') from library_passage p where p.resource_id = r.id)) end)))
        from library_resource r where r.state = 'published' and r.audience <> 'corner'
    $$) where length(word) between 2 and 40
), gone as (
    delete from library_knownword k where not exists (select from counted c where c.word = k.word)
)
insert into library_knownword as k (word, shown, stem, resources)
select word, word, public.library_stem(word), ndoc from counted order by word
on conflict (word) do update set resources = excluded.resources where k.resources <> excluded.resources

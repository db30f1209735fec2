-- Words that the library did not know yet: found and corrected at once, counted with all the others later (count_words.sql).
with said as (
    select distinct w.word
    from library_resource r
        left join lateral (
            select string_agg(p.text, ' ') as said from library_passage p where p.resource_id = r.id
        ) p on true,
        regexp_split_to_table(public.library_plain(concat_ws(' ', r.title, array_to_string(r.keywords, ' '),
            array_to_string(r.authors, ' '), r.series, r.publisher_name, r.abstract,
            case when r.audience = 'public' then concat_ws(' ', r.body, p.said) end)), ' ') as w(word)
    where r.id = any (%(ids)s::bigint[]) and r.state = 'published' and r.audience <> 'corner' and length(w.word) between 2 and 40
), stems as (
    insert into library_stem (stem, resources)
    select distinct t.stem, 1 from library_indexedresource i, unnest(tsvector_to_array(coalesce(i.all_words, i.words))) t(stem)
    where i.resource_id = any (%(ids)s::bigint[]) order by 1
    on conflict do nothing
)
insert into library_knownword (word, shown, stem, resources)
select word, word, public.library_stem(word), 1 from said order by word
on conflict do nothing

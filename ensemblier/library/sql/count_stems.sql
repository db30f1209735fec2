-- Every stem and in how many resources it stands; those of none are forgotten.
with counted as (
    select word, ndoc from ts_stat('select coalesce(all_words, words) from library_indexedresource')
), gone as (
    delete from library_stem s where not exists (select from counted c where c.word = s.stem)
)
insert into library_stem as s (stem, resources) select word, ndoc from counted order by word
on conflict (stem) do update set resources = excluded.resources where s.resources <> excluded.resources

"""How the library is searched: French stems without accents, indexes of words, of stems and of trigrams."""

from pathlib import Path

from django.db import migrations

WORDS = (Path(__file__).parents[1] / "sql" / "words.sql").read_text()

CONFIGURATION = """
create text search configuration public.library_french (copy = pg_catalog.french);
alter text search configuration public.library_french
    alter mapping for hword, hword_part, word with public.unaccent, pg_catalog.french_stem;
"""

INDEXES = """
alter table library_passage add column words tsvector
    generated always as (public.library_stems(text)) stored;
create index passage_words on library_passage using gin (words);
alter table library_indexedresource alter column words set storage external;
alter table library_indexedresource alter column all_words set storage external;
alter table library_indexedresource set (toast_tuple_target = 8160);
create index indexed_words on library_indexedresource using gin (words);
create index indexed_all_words on library_indexedresource using gin (all_words) where all_words is not null;
create index indexed_title_words on library_indexedresource using gin (title_words);
create index indexed_latest on library_indexedresource (issued_on desc nulls last, resource_id desc);
create index stem_begins on library_stem (stem text_pattern_ops) include (resources);
create index word_begins on library_knownword (word text_pattern_ops) include (resources, shown);
create index word_stems on library_knownword (stem);
create index word_trigrams on library_knownword using gin (word public.gin_trgm_ops);
create index resource_title_begins on library_resource (public.library_plain(title) text_pattern_ops)
    where state = 'published' and audience <> 'corner';
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial"), ("directory", "0010_callback_origin"), ("territory", "0001_initial")]
    operations = [
        migrations.RunSQL(CONFIGURATION, "drop text search configuration public.library_french"),
        migrations.RunSQL(
            WORDS,
            "drop function public.library_stem(text); drop function public.library_stems(text);"
            "drop function public.library_plain(text)",
        ),
        migrations.RunSQL(
            INDEXES,
            "alter table library_passage drop column words; drop index indexed_words; drop index indexed_all_words;"
            "drop index indexed_title_words; drop index indexed_latest; drop index stem_begins; drop index word_begins;"
            "drop index word_stems; drop index word_trigrams; drop index resource_title_begins",
        ),
    ]

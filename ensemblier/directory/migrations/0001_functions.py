"""Extensions and the functions that generated columns use: SQL-standard bodies and qualified names, or a dump does not restore."""

from django.db import migrations

EXTENSIONS = """
create extension if not exists unaccent with schema public;
create extension if not exists pg_trgm with schema public;
create extension if not exists cube with schema public;
create extension if not exists btree_gist with schema public;
"""

KEY = """
create function public.directory_key(text) returns text language sql immutable strict parallel safe
return trim(both ' ' from regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, $1)), '[^a-z0-9]+', ' ', 'g'));
"""

CALL_KEY = """
create function public.directory_call_key(text, text, text[] default '{}') returns text
language sql immutable strict parallel safe
return ' ' || public.directory_key($1 || ' ' || $2 || ' ' || array_to_string($3, ' '));
"""

SPHERE = """
create function public.directory_sphere(lat double precision, lon double precision) returns public.cube
language sql immutable strict parallel safe
return public.cube(array[
    cos(radians(lat)) * cos(radians(lon)), cos(radians(lat)) * sin(radians(lon)), sin(radians(lat))]);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(EXTENSIONS, migrations.RunSQL.noop),
        migrations.RunSQL(KEY, "drop function public.directory_key(text)"),
        migrations.RunSQL(CALL_KEY, "drop function public.directory_call_key(text, text, text[])"),
        migrations.RunSQL(SPHERE, "drop function public.directory_sphere(double precision, double precision)"),
    ]

"""Proximity: a generated point of the unit sphere per site, remote offers apart, and the functions that ask for neighbours.

Demonstration sites have their own index: they never slow down, nor mix with, the real answers.
"""

from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parents[1] / "sql" / "nearest.sql").read_text()

SPHERE = """
alter table directory_site add column sphere public.cube
    generated always as (public.directory_sphere(lat, lon)) stored;
create index site_sphere on directory_site using gist (sphere) where merged_into_id is null and not is_fictitious;
create index site_demonstration on directory_site (id) where is_fictitious;
create index organisation_demonstration on directory_organisation (id) where is_fictitious;
create index site_sphere_demonstration on directory_site using gist (sphere) where merged_into_id is null and is_fictitious;
"""

REMOTE = """
alter table directory_offer add column is_remote_only boolean
    generated always as ('a-distance' = any(modes) and not ('en-presentiel' = any(modes))) stored;
create index offer_remote on directory_offer (organisation_id) where is_remote_only and merged_into_id is null;
"""

TRIGRAMS = """
create index organisation_trigrams on directory_organisation using gin (call_key public.gin_trgm_ops);
create index site_trigrams on directory_site using gin (call_key public.gin_trgm_ops);
create index offer_trigrams on directory_offer using gin (call_key public.gin_trgm_ops);
create index contact_trigrams on directory_contact using gin (call_key public.gin_trgm_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_initial")]
    operations = [
        migrations.RunSQL(
            SPHERE, "alter table directory_site drop column sphere"
        ),
        migrations.RunSQL(REMOTE, "alter table directory_offer drop column is_remote_only"),
        migrations.RunSQL(
            TRIGRAMS,
            "drop index organisation_trigrams; drop index site_trigrams; drop index offer_trigrams; drop index contact_trigrams",
        ),
        migrations.RunSQL(
            FUNCTIONS,
            "drop function public.directory_nearest_offers; drop function public.directory_nearest_sites;"
            "drop function public.directory_walk_offers; drop function if exists public.directory_walk_sites;"
            "drop function if exists public.directory_walk_counters; drop function if exists public.directory_sites_of; drop function public.directory_km;"
            "drop function public.directory_has_more_sites;"
            "drop function public.directory_box",
        ),
    ]

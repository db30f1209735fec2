"""Where each operator may be met has a table of its own: the nearest counters are found in it, three rows at a time."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql"
SPOT = """
alter table directory_counter add column spot public.cube not null;
create index counter_spot on directory_counter using gist (spot);
"""
WALKS_BEFORE = """
drop function if exists public.directory_walk_sites;
drop function if exists public.directory_sites_of;
"""
GONE = """
drop trigger counters_insert on directory_site; drop trigger counters_update on directory_site;
drop trigger counters_insert on directory_networkmembership; drop trigger counters_update on directory_networkmembership;
drop trigger counters_delete on directory_networkmembership; drop trigger counters_none on directory_networkmembership;
drop trigger counters_insert on directory_permanence; drop trigger counters_update on directory_permanence;
drop trigger counters_delete on directory_permanence; drop trigger counters_none on directory_permanence;
drop trigger counters_role on directory_network;
drop function directory_site_counts; drop function directory_member_counts; drop function directory_permanence_counts;
drop function directory_all_counts; drop function directory_count_again; drop function directory_layer;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_strengths_of_structures_and_places"), ("kernel", "0003_edition")]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=30, verbose_name="opérateur")),
                (
                    "site",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.site",
                        verbose_name="lieu",
                    ),
                ),
            ],
            options={
                "verbose_name": "lieu d'un opérateur",
                "verbose_name_plural": "lieux des opérateurs",
                "constraints": [models.UniqueConstraint(fields=("site", "role"), name="counter_once")],
            },
        ),
        migrations.RunSQL(SPOT, migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "counters.sql").read_text(), GONE),
        migrations.RunSQL((SQL / "nearest.sql").read_text() + WALKS_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL("select public.directory_count_again(null)", migrations.RunSQL.noop),
        migrations.RunSQL("select public.kernel_watch('directory', array['directory_counter'])", migrations.RunSQL.noop),
    ]

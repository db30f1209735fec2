"""Places open on Sunday are few: without an index of their own, each question about Sunday reads a whole city."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_site_cards")]

    operations = [
        migrations.RunSQL(
            "create index site_sphere_sunday on directory_site using gist (sphere) "
            "where merged_into_id is null and not is_fictitious and open_days & 64 <> 0",
            "drop index site_sphere_sunday",
        ),
        migrations.RunSQL((SQL / "nearest.sql").read_text(), migrations.RunSQL.noop),
    ]

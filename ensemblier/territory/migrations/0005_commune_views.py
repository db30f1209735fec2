"""The view of a commune becomes a function whose plan is kept: planning its joins cost more than running them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("territory", "0004_place_search_by_rare_words")]

    operations = [
        migrations.RunSQL(
            (SQL / "commune_views.sql").read_text(), "drop function public.territory_commune_views"
        ),
    ]

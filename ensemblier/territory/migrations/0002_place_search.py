"""The SQL functions of the commune search."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial")]

    operations = [
        migrations.RunSQL(
            (SQL / "place_shown.sql").read_text(),
            "drop function territory_places_shown(text[], text[], int[], int); drop function territory_said(text, text); drop function territory_far(text, text)",
        ),
        migrations.RunSQL(
            (SQL / "place_search.sql").read_text(),
            "drop function territory_place_search(text, text, text, text, text, int)",
        ),
    ]

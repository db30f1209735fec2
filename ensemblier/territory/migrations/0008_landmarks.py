"""The ground of a map is one question, its plan kept: it was two or three for each map that a page draws."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("territory", "0007_closed_lists")]

    operations = [
        migrations.RunSQL((SQL / "landmarks.sql").read_text(), "drop function public.territory_landmarks"),
    ]

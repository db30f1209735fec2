"""The commune search looks for the other words of a question before it looks for what resembles its longest one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("territory", "0003_point_is_whole")]

    operations = [
        migrations.RunSQL((SQL / "place_shown.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "place_search.sql").read_text(), migrations.RunSQL.noop),
    ]

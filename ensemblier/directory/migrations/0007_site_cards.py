"""The card of a site becomes a function whose plan is kept: planning its joins cost more than running them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_remote_offers_by_name"),
        ("territory", "0005_commune_views"),
    ]

    operations = [
        migrations.RunSQL((SQL / "site_cards.sql").read_text(), "drop function public.directory_site_cards"),
    ]

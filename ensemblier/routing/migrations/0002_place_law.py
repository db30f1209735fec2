"""What makes the answer of a commune differ from the law alone, read by functions whose plans are kept."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0001_initial"),
        ("directory", "0006_remote_offers_by_name"),
        ("territory", "0004_place_search_by_rare_words"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "place_law.sql").read_text(),
            "drop function public.routing_recorded_networks; drop function public.routing_agreement_lines",
        ),
    ]

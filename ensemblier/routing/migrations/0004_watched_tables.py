"""Everything that an answer reads is watched: a change of it starts another edition.

The tables of the floors below are listed here, by the app whose answers they make.
"""

from django.db import migrations

WATCHED = {
    "territory": (
        "commune", "communechange", "outline", "perimeter", "perimeter_commune", "placename", "traveltime", "zone",
        "zonemember",
    ),
    "directory": (
        "hoursexception", "interventionperimeter", "lot", "lotholder", "network", "networkmembership", "networkname",
        "networksuccession", "offer", "organisation", "permanence", "regionaldesk", "servedcommune", "site", "source",
        "strength",
    ),
    "routing": ("agreement", "agreementparty", "agreementshare"),
}  # fmt: skip


def _names(part: str) -> list[str]:
    return [f"{part}_{table}" for table in WATCHED[part]]


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0003_closed_lists"),
        ("kernel", "0003_edition"),
        ("directory", "0009_closed_lists"),
        ("territory", "0007_closed_lists"),
    ]

    operations = [
        migrations.RunSQL(
            f"select public.kernel_watch('{part}', array{_names(part)})",
            ";".join(f"drop trigger if exists kernel_changed on public.{table}" for table in _names(part)),
        )
        for part in WATCHED
    ]

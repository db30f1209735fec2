"""Offers at a distance are read by name, twenty at a time: without this index they are all read, then sorted."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_reference_networks")]

    operations = [
        migrations.RunSQL(
            "create index offer_remote_by_name on directory_offer (sort_key, id) "
            "where is_remote_only and merged_into_id is null",
            "drop index offer_remote_by_name",
        ),
    ]

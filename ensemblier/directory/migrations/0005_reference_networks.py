"""The reference list of networks, so that the first import finds them (`actions.networks.ensure_networks` keeps it up to date)."""

from django.db import migrations

from ensemblier.directory.core.networks import NETWORKS, STRENGTHS, STRENGTHS_SOURCE, SUCCESSIONS


def create(apps, schema_editor):
    Network = apps.get_model("directory", "Network")
    NetworkName = apps.get_model("directory", "NetworkName")
    Succession = apps.get_model("directory", "NetworkSuccession")
    Strength = apps.get_model("directory", "Strength")
    for row in NETWORKS:
        Network.objects.create(
            code=row.code,
            role=row.operator.value if row.operator else "",
            circle=row.circle.value,
            is_cep_only=row.is_cep_only,
            data_inclusion_code=row.data_inclusion_code,
        )
        for name in row.names:
            NetworkName.objects.create(
                network_id=row.code, name=name.name, short_name=name.short_name, valid_from=name.valid_from,
                valid_to=name.valid_to, source_url=name.source_url,
            )
    for before, after, on, note in SUCCESSIONS:
        Succession.objects.create(before_id=before, after_id=after, on=on, note=note)
    for code, text in STRENGTHS:
        Strength.objects.create(network_id=code, text=text, source_name=STRENGTHS_SOURCE)


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_exchange")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]

"""The database keeps columns with a closed list to their list."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territory', '0006_commune_position'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='communechange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['merger', 'delegated', 'associated', 'restored', 'renumbered', 'renamed', 'passage'])), name='commune_change_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['commune', 'arrondissement_municipal', 'epci', 'ept', 'arrondissement', 'departement', 'region', 'zone_emploi', 'bassin_vie', 'aire_attraction', 'unite_urbaine', 'canton', 'perimeter'])), name='figure_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='outline',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['commune', 'arrondissement_municipal', 'epci', 'ept', 'arrondissement', 'departement', 'region', 'zone_emploi', 'bassin_vie', 'aire_attraction', 'unite_urbaine', 'canton', 'perimeter'])), name='outline_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='perimeter',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['operator_zone', 'intervention', 'cell', 'convention', 'study', 'other'])), name='perimeter_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='placename',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['current', 'arrondissement', 'delegated', 'associated', 'old', 'postcode'])), name='place_name_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='zone',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['commune', 'arrondissement_municipal', 'epci', 'ept', 'arrondissement', 'departement', 'region', 'zone_emploi', 'bassin_vie', 'aire_attraction', 'unite_urbaine', 'canton', 'perimeter'])), name='zone_kind_known'),
        ),
    ]

"""The database keeps columns with a closed list to their list."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('routing', '0002_place_law'),
        ('territory', '0007_closed_lists'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_force', 'ended'])), name='agreement_state_known'),
        ),
        migrations.AddConstraint(
            model_name='agreementshare',
            constraint=models.CheckConstraint(condition=models.Q(('operator__in', ['', 'france_travail', 'mission_locale', 'cap_emploi', 'apec', 'regional_operator'])), name='agreement_share_operator_known'),
        ),
        migrations.AddConstraint(
            model_name='coveragealert',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['gap', 'overlap', 'no_permanence', 'not_recorded'])), name='coverage_alert_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='coveragealert',
            constraint=models.CheckConstraint(condition=models.Q(('operator__in', ['france_travail', 'mission_locale', 'cap_emploi', 'apec', 'regional_operator'])), name='coverage_alert_operator_known'),
        ),
        migrations.AddConstraint(
            model_name='keptdecision',
            constraint=models.CheckConstraint(condition=models.Q(('chosen__in', ['', 'france_travail', 'mission_locale', 'cap_emploi', 'apec', 'regional_operator'])), name='kept_decision_chosen_known'),
        ),
    ]

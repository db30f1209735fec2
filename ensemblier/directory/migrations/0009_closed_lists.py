"""The database keeps columns with a closed list to their list."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_sunday'),
        ('territory', '0007_closed_lists'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='callbackrequest',
            constraint=models.CheckConstraint(condition=models.Q(('operator__in', ['', 'france_travail', 'mission_locale', 'cap_emploi', 'apec', 'regional_operator'])), name='callback_request_operator_known'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('preference__in', ['', 'phone', 'email', 'switchboard'])), name='contact_preference_known'),
        ),
        migrations.AddConstraint(
            model_name='duplicatepair',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'merged', 'rejected'])), name='duplicate_pair_state_known'),
        ),
        migrations.AddConstraint(
            model_name='duplicatepair',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['organisation', 'site'])), name='duplicate_pair_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['organisation', 'site', 'offer', 'served_area', 'desk'])), name='imported_row_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='network',
            constraint=models.CheckConstraint(condition=models.Q(('circle__in', ['cep', 'spro', 'economic', 'training', 'health_social', 'other'])), name='network_circle_known'),
        ),
        migrations.AddConstraint(
            model_name='network',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['', 'france_travail', 'mission_locale', 'cap_emploi', 'apec', 'regional_operator'])), name='network_role_known'),
        ),
        migrations.AddConstraint(
            model_name='permanence',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'agreed', 'refused', 'published', 'closed'])), name='permanence_state_known'),
        ),
        migrations.AddConstraint(
            model_name='permanence',
            constraint=models.CheckConstraint(condition=models.Q(('half_day__in', ['morning', 'afternoon', 'day'])), name='permanence_half_day_known'),
        ),
        migrations.AddConstraint(
            model_name='permanence',
            constraint=models.CheckConstraint(condition=models.Q(('season__in', ['all_year', 'spring', 'summer', 'autumn', 'winter', 'school_term'])), name='permanence_season_known'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('position__in', ['exact', 'commune_centre', 'estimated', 'unknown'])), name='site_position_known'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'refused'])), name='suggestion_state_known'),
        ),
    ]

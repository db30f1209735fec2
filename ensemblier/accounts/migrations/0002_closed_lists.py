"""The database keeps columns with a closed list to their list."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('directory', '0009_closed_lists'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['adviser', 'desk', 'directory_editor', 'coordinator', 'administrator'])), name='membership_role_known'),
        ),
    ]

"""A commune has both coordinates or none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0002_place_search")]

    operations = [
        migrations.RemoveConstraint("commune", "commune_point_whole"),
        migrations.AddConstraint(
            "commune",
            models.CheckConstraint(
                name="commune_point_whole",
                condition=models.Q(("lat__isnull", True), ("lon__isnull", True))
                | models.Q(
                    ("lat__isnull", False),
                    ("lat__range", (-90, 90)),
                    ("lon__isnull", False),
                    ("lon__range", (-180, 180)),
                ),
            ),
        ),
    ]

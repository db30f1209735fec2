"""Rows that two people may edit: a version that guards each update, and the key of the last click."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Edited(models.Model):
    """`version` is compared by every update; `last_key` makes a repeated click do nothing more."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    last_key = models.UUIDField(_("clé du dernier geste"), null=True, editable=False)

    class Meta:
        abstract = True

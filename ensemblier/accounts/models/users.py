"""Users and their memberships. A user never holds rights by herself: a dated membership of an organisation does."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.core.guessing import TryKind
from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.kernel.orm.models import Dated


class UserManager(BaseUserManager["User"]):
    """Makes users; the address is kept as typed, compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a local password (None: cannot sign in with one)."""
        user = self.model(email=email.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of this address, whatever the case."""
        return self.get(email__iexact=(username or "").strip())


class User(AbstractBaseUser):
    """A professional with an account. What she may do stands in her memberships."""

    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom montré"), max_length=200)
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    is_demonstration = models.BooleanField(_("compte de démonstration"), default=False)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("utilisateur")
        verbose_name_plural = _("utilisateurs")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case_once")]

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """A user acts for an organisation in a role, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("personne"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    role = models.CharField(_("rôle"), max_length=40, choices=choices_of(Role))

    class Meta:
        verbose_name = _("appartenance")
        verbose_name_plural = _("appartenances")
        constraints = [
            closed_list("role", Role, name="membership_role_known"),
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"], nulls_distinct=False, name="membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="membership_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation} ({self.role})"


class SignInFailure(models.Model):
    """A try that was not right, kept a day to slow down guessing. Only fingerprints, nothing in clear."""

    kind = models.CharField(_("ce qui est essayé"), max_length=20, choices=choices_of(TryKind), default="password")
    email_key = models.CharField(_("empreinte de l'adresse"), max_length=64)
    place_key = models.CharField(_("empreinte de la machine"), max_length=64)
    device_key = models.CharField(_("empreinte de l'appareil connu"), max_length=64, blank=True)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("connexion refusée")
        verbose_name_plural = _("connexions refusées")
        constraints = [closed_list("kind", TryKind, name="sign_in_failure_kind_known")]
        indexes = [
            models.Index(fields=["email_key", "at"], name="sign_in_failure_email"),
            models.Index(fields=["place_key", "at"], name="sign_in_failure_place"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

"""What a user proves besides her password: codes of a telephone, passkeys, recovery codes; and the devices she uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models.users import User


class TotpDevice(models.Model):
    """An application that shows codes of six digits (TOTP, RFC 6238). The secret is sealed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="totp_devices", verbose_name=_("utilisateur"))
    name = models.CharField(_("nom donné"), max_length=80)
    secret = models.BinaryField(_("secret scellé"))
    last_step = models.BigIntegerField(_("dernière période utilisée"), default=0)
    created_at = models.DateTimeField(_("ajoutée le"))
    last_used_at = models.DateTimeField(_("utilisée le"), null=True)

    class Meta:
        verbose_name = _("application de codes")
        verbose_name_plural = _("applications de codes")

    def __str__(self) -> str:
        return self.name


class Passkey(models.Model):
    """A key of the user's device or a security key (WebAuthn). Only its public half is here."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys", verbose_name=_("utilisateur"))
    name = models.CharField(_("nom donné"), max_length=80)
    credential_id = models.BinaryField(_("identifiant de la clé"), unique=True)
    public_key = models.BinaryField(_("clé publique"))
    sign_count = models.BigIntegerField(_("compteur de la clé"), default=0)
    created_at = models.DateTimeField(_("ajoutée le"))
    last_used_at = models.DateTimeField(_("utilisée le"), null=True)

    class Meta:
        verbose_name = _("clé d'accès")
        verbose_name_plural = _("clés d'accès")

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code written on paper, for the day when everything else is lost. Known by its mark only, good once."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="recovery_codes", verbose_name=_("utilisateur")
    )
    code_key = models.CharField(_("empreinte du code"), max_length=64)
    used_at = models.DateTimeField(_("utilisé le"), null=True)

    class Meta:
        verbose_name = _("code de secours")
        verbose_name_plural = _("codes de secours")
        constraints = [models.UniqueConstraint(fields=["user", "code_key"], name="recovery_code_once")]

    def __str__(self) -> str:
        return str(self.pk)


class KnownDevice(models.Model):
    """A browser that already signed in to an account: its tries are counted apart from those of strangers."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("utilisateur"))
    device_key = models.CharField(_("empreinte de l'appareil"), max_length=64)
    last_seen_at = models.DateTimeField(_("vu le"))

    class Meta:
        verbose_name = _("appareil connu")
        verbose_name_plural = _("appareils connus")
        constraints = [models.UniqueConstraint(fields=["user", "device_key"], name="known_device_once")]

    def __str__(self) -> str:
        return str(self.pk)


class UserIdentity(models.Model):
    """What an identity provider calls a user: its address (issuer) and her identifier there (sub), never her e-mail."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities", verbose_name=_("utilisateur"))
    issuer = models.URLField(_("fournisseur d'identité"), max_length=255)
    subject = models.CharField(_("identifiant chez lui"), max_length=255)
    linked_at = models.DateTimeField(_("reliée le"))

    class Meta:
        verbose_name = _("identité d'un utilisateur")
        verbose_name_plural = _("identités d'utilisateurs")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="user_identity_once"),
            models.CheckConstraint(
                condition=~models.Q(issuer="") & ~models.Q(subject=""), name="user_identity_complete"
            ),
        ]

    def __str__(self) -> str:
        return self.issuer

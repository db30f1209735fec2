"""What an organisation may know of somebody: all of it optional, and never a national identity number."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ensemblier.kernel.words import marked


class PreferredContact(StrEnum):
    """How somebody wishes to be reached. Source: fields of the liaison sheets in use (DORA)."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    POST = "post"
    ADVISER = "adviser"
    IN_PERSON = "in_person"

    @property
    def label(self) -> str:
        """The French name."""
        return _PREFERRED[self]


_PREFERRED = {
    PreferredContact.PHONE: marked("par téléphone"),
    PreferredContact.SMS: marked("par SMS"),
    PreferredContact.EMAIL: marked("par courriel"),
    PreferredContact.POST: marked("par courrier"),
    PreferredContact.ADVISER: marked("par son conseiller référent"),
    PreferredContact.IN_PERSON: marked("sur place"),
}


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """What is known of somebody; everything may be empty."""

    given_name: str = ""
    family_name: str = ""
    phone: str = ""
    email: str = ""
    preferred_contact: str = ""
    availability: str = ""
    commune_id: str | None = None
    born: date | None = None


def full_name(given: str, family: str) -> str:
    """ "Awa Diallo"; "" when the person gave no name."""
    return f"{given} {family}".strip()

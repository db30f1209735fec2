"""What a person takes away: every table about her, column by column, and what is left out with its reason.

A test fails when a table or a column of the journey has no line here. Schema: docs/donnees-emportees.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SCHEMA = "ensemblier.person"
VERSION = 1
MAX_BYTES = 1_000_000
MAX_ROWS = 5_000

MACHINERY = frozenset({"id", "version", "last_key", "name_key", "key", "place", "text_hash", "token_hash", "title_key"})
"""Columns that make the software work and say nothing of anybody."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table. `owner`: how its rows reach her ("" for the file itself). `columns`: the name in the export, and the
    lookup it is read from. `left_out`: columns that do not go, and why. `is_brought`: another organisation may take it.
    `only`: the rows that are hers to read, when others of the same table are between professionals.
    """

    key: str
    table: str
    owner: str
    columns: Mapping[str, str]
    left_out: Mapping[str, str] = field(default_factory=dict)
    is_brought: bool = False
    only: Mapping[str, bool | str] = field(default_factory=dict)

    @property
    def kept_columns(self) -> frozenset[str]:
        """The columns of the table that this section answers for."""
        ours = {lookup.split("__")[0] for lookup in self.columns.values()}
        return frozenset(ours | set(self.left_out) | MACHINERY | {self.owner.split("__")[0]})


def _section(
    key: str, table: str, columns: str, *, owner: str = "person", brought: bool = False, **left_out: str
) -> Section:
    pairs = [token.split("=", 1) if "=" in token else [token, token] for token in columns.split()]
    return Section(key, table, owner, dict(map(tuple, pairs)), left_out, brought)  # type: ignore[arg-type]


_FINGERPRINT = "empreinte de contrôle"
_OTHERS = "numéro interne d’un compte ou d’une structure, dont le nom est donné"

SECTIONS: tuple[Section, ...] = (
    _section(
        "file", "Person",
        "uid given_name family_name born phone email preferred_contact availability commune=commune__code "
        "organisation=organisation__name created_at brought_by=brought_by__uid",
        owner="", brought=True,
    ),
    _section("own_numbers", "OwnNumber", "number"),
    _section("statuses", "StatusPeriod", "status words valid_from valid_to", brought=True, uid=_FINGERPRINT),
    _section(
        "needs", "Need", "theme words is_obstacle is_sensitive state noted_on", brought=True, uid=_FINGERPRINT
    ),
    _section("qualities", "PersonQuality", "quality holds is_sensitive", brought=True, uid=_FINGERPRINT),
    _section("skills", "Skill", "words rome=rome__code origin is_removed", brought=True, uid=_FINGERPRINT),
    _section("projects", "Project", "words rome=rome__code state", brought=True, uid=_FINGERPRINT),
    _section("year", "Activity", "label status certainty starts_on ends_on is_removed", brought=True, uid=_FINGERPRINT),
    _section(
        "plan", "PlanStep",
        "uid title kind detail doer partner due_on after=after__uid state word done_on",
    ),
    _section("plan_versions", "PlanVersion", "uid number steps proposed_at author=author__name"),
    _section(
        "trainings", "TrainingProject", "uid title provider starts_on weeks is_given_up step=step__uid"
    ),
    _section("costs", "CostLine", "training=training__uid kind label cents is_removed", uid=_FINGERPRINT),
    _section(
        "funding", "FundingLine",
        "training=training__uid funder name state cents ask_by answer_by note is_removed", uid=_FINGERPRINT,
    ),
    _section(
        "episodes", "Episode", "uid request opened_at closes_at purposes follows=follows__uid ending"
    ),
    _section("levels", "EpisodeLevel", "episode=episode__uid level entered_on", owner="episode__person"),
    _section(
        "leads", "Lead", "episode=episode__uid adviser=adviser__name organisation=organisation__name since until",
        owner="episode__person", opens="la même date que depuis", follows="la même date que depuis", relay_id=_OTHERS,
    ),
    _section(
        "companions", "GroupMember",
        "user=user__name name organisation=organisation__name role purpose since until is_sensitive", uid=_FINGERPRINT,
    ),
    _section(
        "decisions", "Decision",
        "uid words decider organisation=organisation__name episode=episode__uid decided_on replaces=replaces__uid "
        "author=author__name at",
    ),
    Section(
        "notes", "Note", "person",
        {"uid": "uid", "kind": "kind", "body": "body", "author": "author__name", "held_on": "held_on",
         "written_at": "written_at"},
        {"sealed": "note privée : lisible par son seul auteur ; à demander à la structure (RGPD, art. 15)"},
        only={"kind": "shared"},
    ),
    _section("readings", "Reading", "uid author=author__name grid_version read_on"),
    _section("reading_steps", "ReadingStep", "reading=reading__uid axis step words is_sensitive"),
    _section(
        "appointments", "Appointment",
        "uid starts_at ends_at meeting site=site__name place about third_party state proposed_by "
        "adviser=adviser__name organisation=organisation__name",
        permanence="la même chose que le lieu", sequence=_FINGERPRINT, reminded_at="trace d’un envoi",
    ),
    _section(
        "documents", "Document",
        "uid kind name media_type size is_sensitive added_at author=author__name deleted_at",
        stored_as="nom dans le coffre : le document se télécharge dans votre espace",
    ),
    _section("shared_documents", "SharedDocument", "document=document__uid relay=relay__uid at"),
    _section(
        "syntheses", "Synthesis",
        "uid number dated texts person_name adviser_name organisation_name author=author__name "
        "organisation=organisation__name proposed_at",
    ),
    _section(
        "signatures", "Signature",
        "plan_version=plan_version__uid synthesis=synthesis__uid party name adviser=adviser__name channel proof at",
    ),
    _section(
        "consents", "Consent",
        "uid organisation=organisation__name categories purpose given_at ends_at revoked_at text_version channel proof "
        "is_explicit_on_health extends=extends__uid",
    ),
    _section("consent_texts", "ConsentReading", "consent=consent__uid text"),
    _section("paper_answers", "PaperAnswer", "consent=consent__uid is_hers at"),
    _section(
        "relays", "Relay",
        "uid kind state source=source__name source_adviser=source_adviser__name recipient=recipient__name "
        "adviser=adviser__name partner episode=episode__uid consent=consent__uid categories envelope summary routing "
        "choice_channel choice_proof due_on appointment_at created_at sent_at accepted_at met_at ended_at reason "
        "proposal outcome has_lead_moved is_tripartite attempts",
        offered=_OTHERS, shown=_FINGERPRINT, sent=_FINGERPRINT, answer_due_on="délai interne du guichet",
        lease_until="délai interne du guichet", questions="compteur interne",
    ),
    _section("relay_contents", "RelayPacket", "relay=relay__uid category text data", owner="relay__person",
             since_version=_FINGERPRINT, fingerprint=_FINGERPRINT),
    _section("relay_steps", "RelayEvent", "relay=relay__uid move from_state to_state party actor_label at",
             owner="relay__person", actor_id=_OTHERS, organisation_id=_OTHERS, consent="donné avec le relais"),
    _section("relay_sequels", "RelaySequel", "relay=relay__uid decision words at decided_by=decided_by__name",
             owner="relay__person"),
    Section(
        "relay_messages", "RelayMessage", "relay__person",
        {
            "relay": "relay__uid", "kind": "kind", "party": "party", "author_label": "author_label",
            "organisation": "organisation__name", "text": "text", "channel": "channel", "at": "at",
        },
        {"uid": _FINGERPRINT, "author": "nommé par le nom montré", "is_for_person": "toujours oui ici"},
        only={"is_for_person": True},
    ),
    _section("opinions", "RelayOpinion", "relay=relay__uid found went at"),
    _section(
        "requests", "RightsRequest",
        "uid organisation=organisation__name kind subject words asked_at due_on answer answered_by=answered_by__name "
        "answered_at",
    ),
    _section("queue", "QueueEntry",
             "uid need phone call_when origin created_at due_on answer answer_words answered_at commune=commune__code "
             "guichet=guichet__name organisation=organisation__name relay=relay__uid",
             open_to=_OTHERS, claimed_by=_OTHERS, claimed_for=_OTHERS, lease_until="délai interne du guichet"),
    _section(
        "contacts", "LevelOneContact",
        "uid organisation=organisation__name user=user__name at channel commune=commune__code statuses themes request "
        "answer given",
    ),
    _section("changes", "ContentChange", "uid table subject before after author=author__name at"),
    _section("accesses", "Access",
             "user=user__name organisation=organisation__name reason categories since until ended_at why "
             "relay=relay__uid", absence="numéro d’une absence : sa raison est dite dans « why »"),
    _section("freezings", "FileHold", "organisation=organisation__name owner=owner__name reason why since until"),
    _section("erasures", "PlannedErasure",
             "uid organisation=organisation__name why asked_by=asked_by__name asked_at confirmed_by=confirmed_by__name "
             "confirmed_at due_at cancelled_at"),
    _section("links", "PersonLink", "uid origin linked_at unlinked_at", account="votre compte"),
    _section("calendar_feeds", "CalendarFeed", "created_at ended_at", adviser=_OTHERS, organisation=_OTHERS),
)  # fmt: skip

NOT_HERS: Mapping[str, str] = {
    "ConsentProof": "preuve gardée après l’effacement du dossier : sa copie est le partage lui-même",
    "DatedCount": "comptes de lignes effacées, sans personne",
    "Erasure": "journal des effacements : un identifiant et une date, après la fin du dossier",
    "FileTerm": "étape de conservation du dossier, dite dans un message avant l’effacement",
    "FileMerge": "décision entre professionnels de lire deux dossiers ensemble ; les deux dossiers sont emportés",
    "IndicatorTransmission": "envoi d’indicateurs, sans personne",
    "JournalEntry": "emporté à part, ligne par ligne, sous « looks »",
    "JournalHead": "chaîne de contrôle du journal, sans personne",
    "JournalLink": "chaîne de contrôle du journal, sans personne",
    "RefusedMove": "geste refusé d’un professionnel : ne dit rien de la personne ; le refus est dans « looks »",
    "RelayErrorReport": "signalement d’une erreur entre professionnels, avant sa confirmation",
    "RelayReminder": "rappel envoyé à qui doit répondre, sans contenu",
    "RomeTitle": "nomenclature nationale",
    "WebhookSubscription": "adresse technique d’une structure",
}
"""Tables without a section, and why."""

BROUGHT: tuple[Section, ...] = tuple(section for section in SECTIONS if section.is_brought)
"""What another organisation may take into a new file, when the person hands her export over."""

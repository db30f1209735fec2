"""Every table of the journey and who may read and write its rows: the second lock. A table without a line here gets no
right at all, and a test fails. Add yours at the end of LOCKS:

    own_file("journey_need", category="situation", sensitive="is_sensitive")   a table of a file: column `person_id`
    through("journey_relaymessage", "relay_id", "journey_relay")               seen by whoever sees the row it hangs on
    rows("journey_desk", read="organisation_id = journey_organisation()")      anything else, in SQL

Known inside a policy: journey_me(), journey_organisation(), journey_person(), journey_is('adviser'), journey_files()
(files open whole), journey_shared('category'), journey_led(). `journey.sql.scope.acting` told them who asks.
"""

from ensemblier.journey.sql.policies import (
    ACCESS,
    ALL,
    FILES,
    JOURNAL,
    WEB,
    WORKER,
    Herself,
    Policy,
    TableLock,
    also,
    everything,
    own_file,
    rows,
    through,
)

# Of a list of relays, who asks is looked up once for the statement: (select …); and numbers are compared before words.
_ADVISER, _OURS = "(select journey_is('adviser'))", "(select journey_organisation())"
_SOURCE = (
    f"(source_id = {_OURS} and {_ADVISER} and (source_adviser_id = (select journey_me()) or person_id = any ({FILES})))"
)
_RECIPIENT = (
    f"(recipient_id = {_OURS} and ({_ADVISER} or (select journey_is('desk'))) "
    "and state not in ('draft', 'awaiting_person'))"
)
# One relay named: by the signed link of a partner without account; by the administrator who marks it as an error, with
# a second person. Never a list.
_NAMED = (
    "(uid::text = current_setting('ensemblier.relay', true) and (journey_is('administrator') or (journey_is('partner') "
    "and recipient_id = journey_organisation() and state not in ('draft', 'awaiting_person'))))"
)
_PARTY = f"person_id = (select journey_person()) or {_SOURCE} or {_RECIPIENT} or {_NAMED}"

# The recipient knows of a consent by the relay that rests on it, never before.
_CONSENT = (
    f"person_id = journey_person() or person_id = any ({FILES}) or exists "
    "(select 1 from journey_relay r where r.consent_id = journey_consent.id)"
)
_MINE = "user_id = journey_me() and organisation_id = journey_organisation()"


def _episodes() -> TableLock:
    lock = own_file("journey_episode", category="project")
    led = "id = any ((select journey_led())::bigint[])"
    policies = tuple(
        Policy(p.name, p.role, p.command, p.using and f"{p.using} or {led}", p.check and f"{p.check} or {led}")
        if p.name in ("web_read", "web_update")
        else p
        for p in lock.policies
    )
    return also(TableLock(lock.table, policies, lock.rights), ACCESS, "select, update")


def _leads() -> TableLock:
    """Read with the episode, or within one's organisation; passed on by who opens the file, or who led it."""
    seen = "exists (select 1 from journey_episode e where e.id = episode_id)"
    ours = "(organisation_id = journey_organisation() and journey_is('adviser'))"
    passed = "(organisation_id = journey_organisation() and journey_led_until(episode_id, follows))"
    lock = rows("journey_lead", read=f"{seen} or {ours}", write=seen, insert=f"{seen} or {passed}")
    return also(lock, ACCESS, "select, insert, update")


def _relays() -> TableLock:
    lock = rows(
        "journey_relay",
        read=_PARTY,
        write=_PARTY,
        insert=f"source_id = journey_organisation() and source_adviser_id = journey_me() and person_id = any ({FILES})",
    )
    return also(lock, ACCESS, "select, update")


def _consents() -> TableLock:
    """Everybody who reads a consent may hold it FOR SHARE; only the person changes it, and only to stop it."""
    own = f"person_id = journey_person() or person_id = any ({FILES})"
    policies = (
        Policy("web_read", WEB, "select", using=_CONSENT),
        Policy("web_insert", WEB, "insert", check=own),
        Policy("web_update", WEB, "update", using=_CONSENT, check="person_id = journey_person()"),
        everything(WORKER),
    )
    lock = TableLock("journey_consent", policies, {WEB: "select, insert, update (revoked_at)", WORKER: ALL})
    return also(lock, ACCESS, "select")


# What a relay carries is the recipient's to read while she holds it and the consent lives, and no longer.
_CARRIED = (
    "exists (select 1 from journey_relay r where r.id = relay_id and (r.person_id = journey_person() "
    "or r.source_id = journey_organisation() or (r.recipient_id = journey_organisation() "
    "and (journey_is('adviser') or journey_is('partner')) "
    "and r.state in ('acknowledged', 'info_requested', 'accepted', 'in_progress', 'completed') "
    "and exists (select 1 from journey_consent c where c.id = r.consent_id and c.revoked_at is null "
    "and c.ends_at > now()))))"
)
_SENT_BY_US = (
    "exists (select 1 from journey_relay r where r.id = relay_id "
    "and (r.source_id = journey_organisation() or r.person_id = journey_person()))"
)
_QUEUE = (
    "((journey_is('adviser') or journey_is('desk')) "
    "and (organisation_id = journey_organisation() or journey_organisation() = any (open_to)))"
)
# Who may open one of two files is never told of the other.
_BOTH_FILES = f"kept_id = any ({FILES}) and other_id = any ({FILES})"
_DESK = "organisation_id = journey_organisation() and (journey_is('adviser') or journey_is('desk'))"
_HERS = "person_id = journey_person()"
_IN_FILES = f"person_id = any ({FILES})"
_OF_THE_DESK = f"(journey_is('team_lead') and organisation_id = journey_organisation() and {_IN_FILES})"


def _documents() -> TableLock:
    """A document of a file; whoever holds a relay that carries it reads it too."""
    carried = "exists (select 1 from journey_shareddocument s where s.document_id = journey_document.id)"
    own = f"{_IN_FILES} or {_HERS}"
    return rows("journey_document", read=f"{own} or {carried}", write=own)


def _decisions() -> TableLock:
    """The log is shared with the project: an adviser of a joint accompaniment reads it, and adds lines of her own."""
    shared = "person_id = any ((select journey_shared('project'))::bigint[])"
    own = "author_id = journey_me() and organisation_id = journey_organisation()"
    return rows(
        "journey_decision",
        read=f"{_IN_FILES} or {shared} or {_HERS}",
        write=_IN_FILES,
        insert=f"{_IN_FILES} or ({shared} and {own})",
    )


LOCKS: tuple[TableLock, ...] = (
    also(own_file("journey_person", "id", category="identity"), ACCESS, "select"),
    _episodes(),
    also(through("journey_episodelevel", "episode_id", "journey_episode"), ACCESS, "select"),
    _leads(),
    also(own_file("journey_statusperiod", category="situation"), ACCESS, "select"),
    _consents(),
    _relays(),
    through("journey_relayevent", "relay_id", "journey_relay", writes=False),
    rows(
        "journey_refusedmove",
        read="actor_id = journey_me() or exists (select 1 from journey_relay r where r.id = relay_id)",
        insert="actor_id is not distinct from journey_me()",
    ),
    also(
        rows("journey_access", read=f"({_MINE}) or person_id = journey_person() or person_id = any ({FILES})"),
        ACCESS,
        "select, insert, update",
    ),
    TableLock(
        "journey_journalentry",
        (
            # Her own lines; for herself, those of her file; for a team lead who opens the file, those of the desk.
            Policy("web_read", WEB, "select", using=f"({_MINE}) or person_id = journey_person() or {_OF_THE_DESK}"),
            everything(WORKER, "select"),
            *(everything(JOURNAL, each) for each in ("select", "insert", "delete")),
        ),
        {WEB: "select", WORKER: "select", JOURNAL: "select, insert, delete"},
    ),
    TableLock(
        "journey_journallink",
        (everything(WORKER, "select"), everything(JOURNAL, "insert")),
        {WORKER: "select", JOURNAL: "insert"},
    ),
    TableLock(
        "journey_journalhead",
        (everything(WORKER, "select"), *(everything(JOURNAL, each) for each in ("select", "insert", "update"))),
        {WORKER: "select", JOURNAL: "select, insert, update"},
    ),
    # Relays: what they carry, their thread, what follows them.
    rows("journey_relaypacket", read=_CARRIED, write=_SENT_BY_US),
    through("journey_relaymessage", "relay_id", "journey_relay"),
    also(through("journey_relaysequel", "relay_id", "journey_relay"), ACCESS, "select"),
    rows(
        "journey_relayerrorreport",
        read="journey_is('administrator') or exists (select 1 from journey_relay r where r.id = relay_id)",
        insert="exists (select 1 from journey_relay r where r.id = relay_id)",
    ),
    also(
        rows("journey_queueentry", read=f"{_QUEUE} or {_IN_FILES} or {_HERS}", write=f"{_QUEUE} or {_IN_FILES}"),
        ACCESS,
        "select, update",
    ),
    # What the person reads, asks and answers.
    own_file("journey_consentreading", herself=Herself.WRITES),
    rows("journey_rightsrequest", read=f"{_IN_FILES} or {_HERS}", insert=_HERS, write=_IN_FILES),
    rows("journey_paperanswer", read=f"{_IN_FILES} or {_HERS}", insert=_HERS),
    # Which files are hers: no organisation reads it; SYSTEM does, to know who signed in.
    rows("journey_personlink", read=_HERS),
    rows("journey_relayopinion", read=_HERS, write=_HERS),
    # The plan and its neighbours.
    own_file("journey_activity", category="situation", herself=Herself.WRITES),
    also(own_file("journey_planstep", category="project", herself=Herself.WRITES), ACCESS, "select"),
    own_file("journey_planversion", category="project", herself=Herself.WRITES),
    own_file("journey_trainingproject", category="project", herself=Herself.WRITES),
    own_file("journey_costline", category="project", herself=Herself.WRITES),
    own_file("journey_fundingline", category="project", herself=Herself.WRITES),
    own_file("journey_synthesis", herself=Herself.WRITES),
    also(own_file("journey_signature", herself=Herself.WRITES), ACCESS, "select"),
    own_file("journey_contentchange", herself=Herself.WRITES),
    also(
        rows(
            "journey_appointment",
            read=f"{_IN_FILES} or {_HERS} or (adviser_id = journey_me() and organisation_id = journey_organisation())",
            write=f"{_IN_FILES} or {_HERS} or (adviser_id = journey_me() and organisation_id = journey_organisation())",
        ),
        ACCESS,
        "select, update",
    ),
    also(
        rows(
            "journey_calendarfeed",
            read=f"{_HERS} or (adviser_id = journey_me() and organisation_id = journey_organisation())",
            write=f"{_HERS} or (adviser_id = journey_me() and organisation_id = journey_organisation())",
        ),
        ACCESS,
        "select, update",
    ),
    _documents(),
    rows("journey_shareddocument", read=f"{_IN_FILES} or {_HERS} or {_CARRIED}", write=f"{_IN_FILES} or {_HERS}"),
    # The file: what it holds, who is around, level 1.
    own_file("journey_need", category="constraints", sensitive="is_sensitive"),
    own_file("journey_personquality", category="situation", sensitive="is_sensitive"),
    own_file("journey_skill", category="project"),
    own_file("journey_project", category="project"),
    rows("journey_rometitle", read="true"),
    rows(
        "journey_note",
        read=f"({_IN_FILES} and (kind <> 'private' or author_id = journey_me())) or (kind = 'shared' and {_HERS})",
        write=f"{_IN_FILES} and author_id = journey_me()",
    ),
    own_file("journey_reading", category="situation"),
    own_file("journey_readingstep", category="situation", sensitive="is_sensitive"),
    also(own_file("journey_groupmember"), ACCESS, "select, update"),
    _decisions(),
    # A team lead counts them for the socle d'indicateurs, with the accompaniments.
    rows(
        "journey_levelonecontact",
        read=f"{_DESK} or (organisation_id = journey_organisation() and journey_is('team_lead'))",
        write=_DESK,
    ),
    rows("journey_filemerge", read=_BOTH_FILES, write=_BOTH_FILES),
    # Messages and time: the worker's own.
    through("journey_relayreminder", "relay_id", "journey_relay", writes=False),
    own_file("journey_fileterm"),
    also(own_file("journey_filehold"), ACCESS, "select"),
    rows(
        "journey_plannederasure",
        read=f"{_IN_FILES} or {_HERS}",
        insert=f"{_IN_FILES} and asked_by_id = journey_me()",
        write=f"{_IN_FILES} or {_HERS}",
    ),
    TableLock("journey_erasure", (everything(WORKER),), {WORKER: ALL}),
    TableLock("journey_consentproof", (everything(WORKER),), {WORKER: ALL}),
    TableLock("journey_datedcount", (everything(WORKER),), {WORKER: ALL}),
    rows(
        "journey_indicatortransmission",
        read="organisation_id = journey_organisation()",
        insert="organisation_id = journey_organisation() and journey_is('team_lead')",
    ),
    # The number that a tool of the holder gives her: nobody else needs it, not even a joint adviser who reads her name.
    own_file("journey_ownnumber"),
    rows(
        "journey_webhooksubscription",
        read="organisation_id = journey_organisation()",
        write="organisation_id = journey_organisation() and journey_is('account_manager')",
    ),
)

# The columns of each table that the published views read (schema trace): none of them names or tells of a person.
TRACED = {
    "journey_person": "id, organisation_id, commune_id",
    "journey_relay": "id, kind, person_id, source_id, recipient_id, created_at, reason, outcome, choice_channel",
    "journey_relayevent": "relay_id, version, move, from_state, to_state, party, actor_id, at",
    "journey_levelonecontact": "organisation_id, user_id, at, channel, commune_id, answer",
    "journey_appointment": "person_id, organisation_id, adviser_id, starts_at, meeting, state",
    "journey_groupmember": "person_id, organisation_id, role, since, until, is_sensitive",
    "journey_episode": "id, person_id, opened_at, closes_at",
    "journey_episodelevel": "id, episode_id, level, entered_on",
    "journey_lead": "id, episode_id, organisation_id, adviser_id, since, until, relay_id",
    "journey_statusperiod": "id, person_id, status, valid_from, valid_to",
}

# What a page does for an instant as the clerk (`acting(CLERK)`): no word about anybody, beside the first name by which
# somebody knows her own file.
CLERKS = {
    "journey_personlink": "select, insert, update",
    "journey_person": "select (id, uid, given_name, organisation_id, commune_id)",
    "journey_consent": "select (id, uid, person_id)",
    "journey_relay": "select (id, uid, person_id, recipient_id, state, version)",
    "journey_queueentry": "select, insert",
    # Counted for the whole network, without whom or about which relay.
    "journey_relayopinion": "select (at, found, went)",
    "journey_calendarfeed": "select",
}

"""Permission faults in the checks of the code: files, relays, what hangs on them. One is planted at a time."""
# ruff: noqa: E501 - one fault, one line

from ensemblier.web.access import Who
from tests.web.attack.planting import Door, Fault, Planted

Q, A, W = "journey.queries", "journey.actions", "web"
NOBODY_ELSE = "False"

# fmt: off
OF_FILES: tuple[Planted, ...] = (
    Fault("whoever's accesses", "files", f"{Q}.opened:accesses_of", "user_id=by.user_id or 0, ", ""),
    Fault("accesses for any organisation", "contexts", f"{Q}.opened:accesses_of", ", organisation_id=by.organisation_id or 0", ""),
    Fault("accesses that have ended", "files", f"{Q}.opened:accesses_of", "Q(ended_at=None) & ", ""),
    Fault("no access asked to read a file", "files", f"{Q}.opened:readable", "if found is None or not accesses:", "if found is None:"),
    Fault("no access asked to write a file", "lists", f"{Q}.opened:open_to", "Exists(whole), ", ""),
    Fault("any organisation's files", "calls", f"{Q}.opened:open_to", ", organisation_id=by.organisation_id or 0", ""),
    Fault("a person reads any file", "calls", f"{Q}.opened:open_to", "filter(pk=by.person_id)", "all()"),
    Fault("a joint access opens the whole file", "joint", f"{Q}.opened:readable", "row.reason != AccessReason.JOINT and not row.categories", "True"),
    Fault("a refused file is shown", "pages", f"{Q}.files:read_by", "readable(actor, uid, _with_head())", "Opened(_with_head().get(uid=uid), None)"),
    Fault("files are read as a task", "files", f"{Q}.files:read_by", "with acting(actor):", "from ensemblier.kernel.actor import SYSTEM\n    with acting(SYSTEM):"),
    Fault("rows are read as a task", "files", f"{Q}.own_file:_journaled", "with acting(by):", "from ensemblier.kernel.actor import SYSTEM\n    with acting(SYSTEM):"),
    Fault("the list of everybody's files", "lists", f"{Q}.files:list_files", "open_to(actor)", "Person.objects.all()"),
    Fault("the export of everybody's files", "lists", f"{A}.caseload:export_list", "filter(person__in=open_to(by))", "all()"),
    Fault("the export as a task", "lists", f"{A}.caseload:export_list", "with acting(by):", "from ensemblier.kernel.actor import SYSTEM\n    with acting(SYSTEM):"),
    Fault("possible duplicates among all files", "lists", f"{Q}.merges:possible_duplicates", "open_to(actor)", "Person.objects.all()"),
    Fault("a person's link that was undone", "space", f"{Q}.links:files_of_account", ", unlinked_at=None", ""),
    Fault("a link of any account is undone", "space", f"{A}.links:unlink", ", account_id=account_id", ""),
    Fault("accesses past their day", "members", f"{Q}.opened:accesses_of", "(Q(until=None) | Q(until__gt=Now()))", "Q()"),
    Fault("rows of all files are shown to correct", "rows", f"{Q}.files:file_rows", "read_with(found.person)", "Person.objects.all()"),
    Fault("a shared file is written", "joint", f"{Q}.files:file_rows", "if found.categories is not None:", "if False:"),
    Fault("files of any account", "space", f"{Q}.links:files_of_account", "account_id=account_id, ", ""),
    Fault("private notes of colleagues", "notes", f"{Q}.contents:_readable_by", "~Q(kind=NoteKind.PRIVATE.value) | Q(author_id=reader_id or 0)", "Q()"),
    Fault("all notes on the first tab", "notes", f"{Q}.contents:notes_of", ".filter(_readable_by(reader_id))", ""),
    Fault("somebody else's note corrected", "calls", f"{A}.notes:correct_note", "row.author_id != by.user_id", NOBODY_ELSE),
    Fault("another organisation's form", "contexts", f"{W}.access:check_same_organisation", "!= acting", "is None"),
    Fault("a form that does not say for which organisation", "contexts", f"{W}.access:check_same_organisation", '"" if must_say else acting', "acting"),
)

OF_CHILDREN: tuple[Planted, ...] = (
    Fault("a document of any file is read", "documents", f"{Q}.documents:read_document", "person__in=read_with(person), ", ""),
    Fault("a document of any file is destroyed", "documents", f"{A}.documents:_document", "person=person, ", ""),
    Fault("a document that was destroyed is read", "documents", f"{Q}.documents:read_document", ", deleted_at=None", ""),
    Fault("an appointment of any file is read", "meetings", f"{Q}.appointments:read_appointment", ".filter(person=person)", ""),
    Fault("an invitation to any appointment", "meetings", f"{Q}.appointments:invitation", ".filter(person=person)", ""),
    Fault("an appointment of any file is moved", "meetings", f"{A}.appointments:_row", "person=person, uid=uid", "uid=uid"),
    Fault("an activity of any file is read", "year", f"{Q}.calendar:read_activity", "person=person, ", ""),
    Fault("an activity of any file is changed", "year", f"{A}.calendar:change_activity", "person=person, ", ""),
    Fault("a synthesis of any file is read", "syntheses", f"{Q}.synthesis:list_syntheses", "filter(person=person)", "all()"),
    Fault("a synthesis of any file is signed", "syntheses", f"{A}.synthesis:_row", "person=person, ", ""),
    Fault("steps of any plan are read", "steps", f"{Q}.plan:steps_of", "filter(person_id=person_id)", "all()"),
    Fault("steps of any plan are changed", "calls", f"{A}.plan:_steps", "filter(person=person)", "all()"),
    Fault("a version of any plan is signed", "steps", f"{A}.plan:sign_version", "not PlanVersion.objects.filter(person=person, uid=version).exists()", NOBODY_ELSE),
    Fault("a training of any file is read", "money", f"{Q}.financing:trainings_of", "filter(person=person)", "all()"),
    Fault("a training of any file is changed", "money", f"{A}.financing:_owned", "person=person, ", ""),
    Fault("a need of any file is read", "rows", f"{Q}.circles:circle_of", ", person=found.person", ""),
)

OF_RELAYS: tuple[Planted, ...] = (
    Fault("an outsider is the recipient", "relays", "journey.core.movers:party_of", "if by.organisation_id == relay.recipient:", "if True:"),
    Fault("anybody is the source", "parties", "journey.core.movers:party_of", "if by.organisation_id == relay.source:", "if by.organisation_id != relay.recipient:"),
    Fault("any person is the person", "parties", "journey.core.movers:_party_without_account", "if by.person_id == relay.person", "if True"),
    Fault("any partner is the recipient", "parties", "journey.core.movers:_party_without_account", "if by.organisation_id == relay.recipient", "if True"),
    Fault("a desk answers", "parties", "journey.core.movers:party_of", "Role.ADVISER in by.roles and", "by.roles and"),
    Fault("no consent asked to see", "relays", "journey.core.relay:view", "if has_consent and not is_over", "if not is_over"),
    Fault("seen for ever after the end", "ended", "journey.core.relay:view", "READ_AFTER_END", "READ_AFTER_END * 99"),
    Fault("a revoked consent lives", "relays", "journey.core.consent:is_live", " and consent.revoked_at is None", ""),
    Fault("a consent has no end", "relays", "journey.core.consent:is_live", "consent.given_at <= at < consent.ends_at", "consent.given_at <= at"),
    Fault("a consent for somebody else", "consents", "journey.core.consent:covers", "(consent.person, consent.organisation, consent.purpose) == (need.person, need.organisation, need.purpose)", "True"),
    Fault("a consent for less", "consents", "journey.core.consent:covers", "and need.categories <= consent.categories", ""),
    Fault("no consent covers all", "relays", "journey.core.consent:covers", "consent is not None\n", "consent is None or True\n"),
    Fault("a desk reads the whole text", "relays", f"{Q}.relays:seen_by", "return View.SUMMARY if holds else View.ENVELOPE", "return View.SUMMARY"),
    Fault("a colleague goes on with it", "gestures", f"{A}.moves:_attempt", "takes_over and move is not Move.RELEASE and not goes_on(row, by, order.at)", NOBODY_ELSE),
    Fault("everybody stands in", "gestures", f"{Q}.holding:goes_on", "return not there.exists() or away.exists()", "return True"),
    Fault("every partner holds it", "by link", f"{Q}.holding:has_in_hand", "return bool(partner)", "return True"),
    Fault("nothing seen is shown", "relays", f"{Q}.relays:relay_page", "if seen in (View.NOTHING, View.SOMEBODY):", "if False:"),
    Fault("a source without access reads", "relays", f"{Q}.relays:relay_page", "person is None and relay.source_adviser_id != by.user_id", NOBODY_ELSE),
    Fault("the text goes with the state", "relays", f"{Q}.relays:_Reader.reads_all", "(View.WHOLE, View.SUMMARY)", "(View.WHOLE, View.SUMMARY, View.STATE)"),
    Fault("the text goes with the envelope", "relays", f"{Q}.relays:_Reader.reads_all", "(View.WHOLE, View.SUMMARY)", "(View.WHOLE, View.SUMMARY, View.ENVELOPE)"),
    Fault("relays are read as a task", "relays", f"{Q}.relays:relay_page", "with acting(by):", "from ensemblier.kernel.actor import SYSTEM\n    with acting(SYSTEM):"),
    Fault("moves are made as a task", "gestures", f"{A}.moves:perform", "with acting(by, relay=named):\n            row", "from ensemblier.kernel.actor import SYSTEM\n        with acting(SYSTEM):\n            row"),
    Fault("an outsider is told that it exists", "same", f"{Q}.holding:is_known_to", "return party not in (Party.OUTSIDER, Party.COORDINATOR)", "return True"),
    Fault("a colleague of the source knows of it", "gestures", f"{Q}.holding:is_known_to", "return relay.source_adviser_id == user_of(by) or open_to(by).filter(pk=relay.person_id).exists()", "return True"),
    Fault("moves of a relay that she does not know", "gestures", f"{A}.moves:perform", " or not is_known_to(row, party_of(row.value, move, by), by)", ""),
    Fault("words in a thread that she does not know", "gestures", f"{A}.relay_messages:thread_view", "if not is_known_to(relay, party, by):", "if False:"),
    Fault("a link sent by anybody", "calls", f"{A}.partners:invite_partner", " and acts_for_source(relay, by)", ""),
    Fault("a partner moves another relay", "parties", f"{A}.moves:_attempt", "isinstance(by, PartnerByLink) and by.relay != row.uid", NOBODY_ELSE),
    Fault("any party moves it", "gestures", "journey.core.relay:move", "if act.party not in rule.parties:", "if False:"),
    Fault("moves from any state", "gestures", "journey.core.relay:move", "if relay.state not in rule.sources:", "if False:"),
    Fault("no condition of a move", "gestures", "journey.core.relay:move", "if not machine.checks[name](case):", "if False:"),
    Fault("a thread written unread", "gestures", f"{A}.relay_messages:write_message", "relay is None or thread_view(relay, by, order) not in READS_MESSAGES", "relay is None"),
    Fault("a thread written after the end", "gestures", f"{A}.relay_messages:write_message", "RelayState(relay.state) in FINAL - {RelayState.COMPLETED}", NOBODY_ELSE),
    Fault("a thread written by a colleague", "gestures", f"{A}.relay_messages:thread_view", "goes_on(relay, by, order.at)", "True"),
    Fault("anybody says what follows", "gestures", f"{A}.proposals:give_sequel", "not acts_for_source(relay, by)", NOBODY_ELSE),
    Fault("anybody reports a mistake", "gestures", f"{A}.proposals:report_error", "or not is_side or not is_known_to(relay, party, by)", ""),
    Fault("what it carries, to a colleague", "carried", f"{Q}.documents:read_carried", " or not _is_read(row.relay, by, at)", ""),
    Fault("a document under any relay", "carried", f"{Q}.documents:read_carried", "relay__uid=relay, ", ""),
    Fault("carried documents as a task", "carried", f"{Q}.documents:read_carried", "with acting(by):", "from ensemblier.kernel.actor import SYSTEM\n    with acting(SYSTEM):"),
    Fault("programs of anybody", "programs", "api.v1.relays:_actor", "if Role.ADVISER in actor.roles:", "if True:"),
    Fault("the inbox as a task", "lists", f"{Q}.inbox:inbox", "with acting(actor):", "from ensemblier.kernel.actor import SYSTEM\n    with acting(SYSTEM):"),
    Fault("a partner's browser opens any relay", "by link", f"{W}.partner.views:_partner", 'held["relay"] != str(uid) or ', ""),
    Fault("anybody is a partner", "by link", f"{W}.partner.views:_partner", "held is None or held", 'held is not None and held'),
    Fault("a relay of anybody in her space", "space", f"{Q}.rights_relays:_rows", "Relay.objects.filter(person_id=one.person_id)", "Relay.objects.all()"),
    Fault("a draft in her space", "relays", f"{Q}.rights_relays:my_relay", ".exclude(state=RelayState.DRAFT.value)", ""),
    Fault("her space as a task", "space", f"{Q}.rights_relays:my_relay", "with acting(one):", "from ensemblier.kernel.actor import SYSTEM\n        with acting(SYSTEM):"),
    Fault("anybody chooses by link", "pages of links", f"{W}.person.by_link:_mine", 'opened.get("relay") != str(uid) or datetime.fromisoformat(opened["until"]) < now()', NOBODY_ELSE),
)

OF_PAGES: tuple[Planted, ...] = (
    *(
        Door(f"{page} opens to any account", "pages", page, Who.SIGNED_IN)
        for page in ("file", "file-notes", "file-identity", "file-plan", "file-documents", "file-synthesis", "file-invite")
    ),
    *(
        Door(f"{page} opens to everybody", probe, page, Who.EVERYONE)
        for page, probe in (("relay", "doors"), ("files", "doors"), ("file-financing", "pages"), ("file-calendar", "pages"),
                            ("my-plan", "doors"), ("my-relays", "space"), ("my-data-json", "space"), ("my-sharings", "space"),
                            ("who-looked", "space"), ("invite-member", "team"), ("relay-errors", "doors"))
    ),
)

"""Permission faults before and around a session: links, guesses, members, roles, caches, what a refusal tells."""
# ruff: noqa: E501 - one fault, one line

from tests.web.attack.planting import Fault, Planted

L, M, W = "accounts.actions.links:open_link", "accounts.queries.members:memberships_of", "web"

# fmt: off
OF_LINKS: tuple[Planted, ...] = (
    Fault("a link without its proof", "links", L, "is_right = constant_time_compare(link.proof_key, _proof_key(link.token_key, proof))", "is_right = True"),
    Fault("a link after its end", "links", L, " or link.expires_at <= at", ""),
    Fault("a closed link", "links", L, " or link.closed_at is not None", ""),
    Fault("a link for any purpose", "links", L, ", purpose=purpose.value", ""),
    Fault("a link tried for ever", "links", L, "link.attempts >= MAX_ATTEMPTS", "False"),
    Fault("a sign-in link used twice", "links", L, "at if purpose.is_single_use else None", "None"),
    Fault("links are never closed", "links", "accounts.actions.links:close_links", "closed_at=at\n", "closed_at=None\n"),
    Fault("a page of links opens with a wrong proof", "pages of links", L, "if is_right:\n        return", "if True:\n        return"),
    Fault("a page of links opens after its end", "pages of links", L, " or link.expires_at <= at", ""),
    Fault("an account is guessed for ever", "guesses", "accounts.core.guessing:is_too_many", "tries.account > PER_ACCOUNT or ", ""),
    Fault("a machine guesses for ever", "guesses", "accounts.core.guessing:is_too_many", " or tries.place > PER_PLACE", ""),
    Fault("tries are not kept", "guesses", "accounts.actions.guessing:count_try", "if is_too_many(_counted(row), is_known_device=is_known):", "if False:"),
)

OF_MEMBERS: tuple[Planted, ...] = (
    Fault("members of any day", "members", M, "valid_on(on), ", ""),
    Fault("members whose account is closed", "members", "accounts.actions.sign_in:LocalSignIn.get_user", ", is_active=True", ""),
    Fault("members of any account", "files", M, "user_id=user_id, ", ""),
    Fault("no convention is asked", "members", "accounts.core.views:MembershipView.roles_in_force", "self.has_convention", "True"),
    Fault("a convention that ended", "members", "accounts.queries.conventions:in_force", "valid_on(on), ", ""),
    Fault("a page lets every role in", "members", "web.access:_may_enter", "isinstance(who, frozenset) and not who & actor_of(request).roles", "False"),
    Fault("a page lets everybody in", "doors", "web.access:_may_enter", "if not request.user.is_authenticated:\n        return False", "if False:\n        return False"),
    Fault("a space lets everybody in", "space", "web.access:_sent_elsewhere", "person_of(request) is not None", "True"),
    Fault("a closed account of a person", "accounts", "accounts.queries.person_accounts:open_person_account", "is_active=True, ", ""),
    Fault("an address that nobody proved", "accounts", "accounts.queries.person_accounts:open_person_account", ", proved_at__isnull=False", ""),
    Fault("a calendar after leaving", "members", "journey.queries.appointments:_adviser_of", "actor if actor.organisation_id == number and Role.ADVISER in actor.roles else ANONYMOUS", "Actor(row.adviser_id, number, frozenset({Role.ADVISER}))"),
    Fault("anybody gives roles", "grants", "accounts.actions.members:check_may_grant", "if not own or role == Role.ADMINISTRATOR:", "if False:"),
    Fault("roles of any organisation", "team", "web.entrance.team:_member", "if found is None:", "if False:"),
    Fault("the platform's role is given", "grants", "accounts.actions.members:check_may_grant", " or role == Role.ADMINISTRATOR", ""),
    Fault("anybody writes an absence", "team", "accounts.actions.staff:record_member_absence", "actor.user_id != user_id and not actor.roles & {Role.TEAM_LEAD.value, Role.ACCOUNT_MANAGER.value}", "False"),
    Fault("anybody signs the convention", "team", "accounts.actions.conventions:_check_may_sign", "actor.organisation_id != organisation_id or Role.ACCOUNT_MANAGER.value not in actor.roles", "False"),
    Fault("any address to go back to", "accounts", "web.pro.decisions:act_for", "back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else", "back or"),
    Fault("any address after a language", "accounts", "web.entrance.views:language", "if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):", "if False:"),
)

OF_ANSWERS: tuple[Planted, ...] = (
    Fault("pages of an account are kept", "kept", "web.middleware:ContentSecurityPolicy.__call__", "if _read_an_account(request):", "if False:"),
    Fault("calendars are kept", "kept", "web.plan.appointments:_calendar", '"no-store"', '"public"'),
    Fault("a proposal by asking", "kept", "web.plan.plan:_signed", "SignForm(request.POST or None)", "SignForm(request.GET or request.POST or None)"),
    Fault("a document destroyed by asking", "kept", "web.plan.documents:destroy", 'if request.method == "POST":', "if True:"),
    Fault("a meeting cancelled by asking", "kept", "web.plan.appointments:said", 'version, move = request.POST.get("version", ""), request.POST.get("move", "")\n    is_number = version.isascii() and version.isdigit() and len(version) < 10\n    if request.method == "POST" and', 'version, move = request.GET.get("version", ""), request.GET.get("move", "")\n    is_number = True\n    if'),
    Fault("an address of a calendar by asking", "kept", "web.plan.appointments:agenda", 'if request.method != "POST":', "if False:"),
    Fault("a file that is closed says so", "same", "journey.queries.files:read_by", "raise NotFound(UNKNOWN_FILE)", 'raise NotFound(UNKNOWN_FILE if not Person.objects.filter(uid=uid).exists() else "Fermé.")'),
    Fault("a relay of others is refused by its party", "same", "journey.actions.moves:perform", "else NotFound(UNKNOWN_RELAY)", "else NotFound(UNKNOWN_RELAY) if row is None else NotAllowed('Pas à vous.')"),
    Fault("a closed relay says its state", "same", "journey.queries.relays:_found", "raise NotFound(UNKNOWN)", "from ensemblier.kernel.actor import SYSTEM\n        with acting(SYSTEM):\n            there = Relay.objects.filter(uid=uid).exists()\n        raise NotFound(UNKNOWN + ('.' if there else ''))"),
    Fault("a document elsewhere says so", "same", "journey.queries.documents:read_document", "raise NotFound(UNKNOWN_DOCUMENT)", "from ensemblier.kernel.actor import SYSTEM\n            with acting(SYSTEM):\n                there = Document.objects.filter(uid=document).exists()\n            raise NotFound('Ailleurs.' if there else UNKNOWN_DOCUMENT)"),
    Fault("another person's relay says so", "same", "journey.queries.rights_relays:my_relay", 'raise NotFound("Ce relais n’existe pas.")', "from ensemblier.kernel.actor import SYSTEM\n    with acting(SYSTEM):\n        there = Relay.objects.filter(uid=uid).exists()\n    raise NotFound('À une autre.' if there else 'Ce relais n’existe pas.')"),
)

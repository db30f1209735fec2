"""Addresses of the plan and its neighbours, in a file. No name and no need ever stands in one."""

from django.urls import URLPattern, path

from ensemblier.web.plan import plan
from ensemblier.web.plan.side import View, for_advisers, for_persons

READS, WRITES = True, False
PAGES: tuple[tuple[str, View, str, bool], ...] = (
    ("plan/", plan.plan, "plan", READS),
    ("plan/etapes/nouvelle/", plan.new_step, "new-step", WRITES),
    ("plan/etapes/<uuid:step>/", plan.step, "step", WRITES),
    ("plan/etapes/<uuid:step>/ou/", plan.where, "where", WRITES),
    ("plan/proposer/", plan.propose, "propose", WRITES),
    ("plan/signer/<uuid:version>/", plan.sign, "sign", WRITES),
    ("plan/versions/", plan.plan_versions, "versions", READS),
    ("plan/plan.pdf", plan.plan_pdf, "plan-pdf", READS),
)
urlpatterns: list[URLPattern] = [
    path(f"dossiers/<uuid:uid>/{address}", for_advisers(view, reads=reads), name=f"file-{name}")
    for address, view, name, reads in PAGES
] + [
    path(f"mon-espace/dossiers/<uuid:uid>/{address}", for_persons(view, reads=reads), name=f"my-{name}")
    for address, view, name, reads in PAGES
]

"""Addresses of the plan and its neighbours, in a file. No name and no need ever stands in one."""

from django.urls import URLPattern, path

from ensemblier.web.plan import appointments, calendar, documents, financing, plan, synthesis, trade
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
    ("financement/", financing.financing, "financing", READS),
    ("financement/nouvelle/", financing.new_training, "new-training", WRITES),
    ("financement/<uuid:training>/", financing.training, "training", WRITES),
    ("financement/<uuid:training>/depense/", financing.new_cost, "new-cost", WRITES),
    ("financement/<uuid:training>/depense/<uuid:cost>/", financing.cost, "cost", WRITES),
    ("financement/<uuid:training>/depense/<uuid:cost>/retirer/", financing.remove_cost, "remove-cost", WRITES),
    ("financement/<uuid:training>/demande/", financing.new_funding, "new-funding", WRITES),
    ("financement/<uuid:training>/demande/<uuid:funding>/", financing.funding, "funding", WRITES),
    ("financement/<uuid:training>/demande/<uuid:funding>/retirer/", financing.remove_funding, "remove-funding", WRITES),
    ("calendrier/", calendar.calendar, "calendar", READS),
    ("calendrier/nouvelle/", calendar.new_activity, "new-activity", WRITES),
    ("calendrier/<uuid:activity>/", calendar.activity, "activity", WRITES),
    ("calendrier/<uuid:activity>/retirer/", calendar.remove_activity, "remove-activity", WRITES),
    ("documents/", documents.documents, "documents", READS),
    ("documents/nouveau/", documents.new_document, "new-document", WRITES),
    ("documents/<uuid:document>/", documents.document, "document", READS),
    ("documents/<uuid:document>/detruire/", documents.destroy, "destroy-document", WRITES),
    ("rendez-vous/", appointments.appointments, "appointments", READS),
    ("rendez-vous/nouveau/", appointments.new_appointment, "new-appointment", WRITES),
    ("rendez-vous/agenda/", appointments.agenda, "agenda", WRITES),
    ("rendez-vous/<uuid:appointment>/", appointments.appointment, "appointment", WRITES),
    ("rendez-vous/<uuid:appointment>/dire/", appointments.said, "appointment-said", WRITES),
    ("rendez-vous/<uuid:appointment>/rendez-vous.ics", appointments.invitation_file, "invitation", READS),
    ("synthese/", synthesis.syntheses, "synthesis", READS),
    ("synthese/ecrire/", synthesis.write, "write-synthesis", WRITES),
    ("synthese/<uuid:synthesis>/proposer/", synthesis.propose, "propose-synthesis", WRITES),
    ("synthese/<uuid:synthesis>/signer/", synthesis.sign, "sign-synthesis", WRITES),
    ("synthese/<uuid:synthesis>/synthese.pdf", synthesis.synthesis_pdf, "synthesis-pdf", READS),
    ("plan/metier/", trade.trade, "trade", READS),
)
urlpatterns: list[URLPattern] = (
    [
        path(f"dossiers/<uuid:uid>/{address}", for_advisers(view, reads=reads), name=f"file-{name}")
        for address, view, name, reads in PAGES
    ]
    + [
        path(f"mon-espace/dossiers/<uuid:uid>/{address}", for_persons(view, reads=reads), name=f"my-{name}")
        for address, view, name, reads in PAGES
    ]
    + [
        path("relais/<uuid:relay>/documents/<uuid:document>/", documents.carried, name="carried-document"),
        path("agenda/<str:token>/rendez-vous.ics", appointments.calendar_feed, name="calendar-feed"),
    ]
)

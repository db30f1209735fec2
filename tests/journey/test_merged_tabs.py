"""Files read as one: their documents and relays too, for who may open both; for nobody else."""

import pytest

from ensemblier.journey.actions.documents import DocumentDraft, add_document
from ensemblier.journey.actions.merges import decide_merge, propose_merge
from ensemblier.journey.actions.relays import RelayDraft, prepare_relay
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.documents import DocumentKind
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Episode
from ensemblier.journey.queries.documents import list_documents, read_document
from ensemblier.journey.queries.relays import relays_of_file
from ensemblier.kernel.errors import NotFound
from tests.factories.journey import MONDAY
from tests.journey.test_merges import Place, edit

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.mark.django_db
def test_the_documents_and_relays_of_both_stand_on_the_tabs_of_the_first() -> None:
    place = Place()
    bruno, edith, farid = (place.people[name] for name in ("Bruno", "Édith", "Farid"))
    kept, other = place.files["Bruno"], place.files["Édith"]
    draft = DocumentDraft(DocumentKind.CV, "cv.pdf", PDF, False)
    document = add_document(other.uid, draft, by=edith, at=MONDAY)
    wanted = RelayDraft(
        Episode.objects.get(person=other).uid, RelayKind.REFERRAL, "Un mot.", frozenset({Category.PROJECT})
    )
    relay = prepare_relay(wanted, by=edith, at=MONDAY).uid
    place.share("Édith", "Bruno")
    place.share("Bruno", "Édith")
    place.share("Bruno", "Farid")
    assert list_documents(kept.uid, by=bruno, at=MONDAY) == ()
    merge = propose_merge(kept.uid, other.uid, by=bruno, at=MONDAY)
    decide_merge(edit(merge), by=edith, is_same=True)
    assert [row.uid for row in list_documents(kept.uid, by=bruno, at=MONDAY)] == [document]
    assert read_document(kept.uid, document, by=bruno, at=MONDAY).content == PDF
    assert [row.uid for row in relays_of_file(kept.uid, actor=bruno, at=MONDAY)] == [relay]
    # Farid opens the first file alone: he is told nothing of the other.
    assert list_documents(kept.uid, by=farid, at=MONDAY) == ()
    assert relays_of_file(kept.uid, actor=farid, at=MONDAY) == ()
    with pytest.raises(NotFound):
        read_document(kept.uid, document, by=farid, at=MONDAY)

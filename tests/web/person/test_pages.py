"""The pages of the space: what they say, what they change, whose they are."""

from tests.factories.person_space import Space, make_proposed


def test_home(space: Space) -> None:
    make_proposed(space)
    for path in ("", "personnes/", "relais/", "partages/", "qui-a-regarde/", "demandes/", "dossiers/"):
        page = space.client().get(f"/mon-espace/{path}")
        assert page.status_code == 200, path
        assert page["Cache-Control"] == "no-store"

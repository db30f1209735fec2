"""Refusals, and who asks."""

import pytest

from ensemblier.kernel.actor import ANONYMOUS, SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, DomainError, NotFound
from ensemblier.kernel.words import marked


def test_a_sentence_is_said_as_written() -> None:
    error = NotFound("Aucune commune à 100 % de ce nom.", field="commune")
    assert (error.message, str(error), error.field) == ("Aucune commune à 100 % de ce nom.",) * 2 + ("commune",)


def test_a_template_keeps_its_values_apart_for_another_language() -> None:
    error = BadInput("Le code %(code)s n'existe pas.", values={"code": "99999"})
    assert error.message == "Le code 99999 n'existe pas."
    assert (error.message.template, error.message.values) == ("Le code %(code)s n'existe pas.", {"code": "99999"})


def test_a_value_is_never_read_as_a_template() -> None:
    assert BadInput("« %(text)s »", values={"text": "%(secret)s 5 %"}).message == "« %(secret)s 5 % »"


@pytest.mark.parametrize("kind", DomainError.__subclasses__())
def test_every_refusal_belongs_to_the_tree(kind: type[DomainError]) -> None:
    assert kind.__doc__
    with pytest.raises(DomainError):
        raise kind("non")


def test_an_actor_without_an_account_is_not_signed_in() -> None:
    assert not ANONYMOUS.is_signed_in and not SYSTEM.is_signed_in
    assert Actor(user_id=0).is_signed_in
    assert not ANONYMOUS.roles


def test_a_marked_word_stays_itself() -> None:
    assert marked("conseiller") == "conseiller"

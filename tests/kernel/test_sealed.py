"""What the database must not hold in clear: sealed for one purpose, opened by the keys of the installation only."""

import pytest
from django.conf import LazySettings

from ensemblier.kernel.orm.sealed import WrongKey, seal, unseal


def test_a_secret_comes_back_and_is_not_seen() -> None:
    sealed = seal(b"bleu canari", purpose="essai")
    assert unseal(sealed, purpose="essai") == b"bleu canari"
    assert b"canari" not in sealed and seal(b"bleu canari", purpose="essai") != sealed


def test_another_purpose_another_key_or_a_touched_value_do_not_open(settings: LazySettings) -> None:
    sealed = seal(b"bleu canari", purpose="essai")
    touched = sealed[:-4] + b"AAA="
    for value, purpose in ((sealed, "autre"), (touched, "essai"), (b"", "essai")):
        with pytest.raises(WrongKey):
            unseal(value, purpose=purpose)
    settings.SECRET_KEY = "changed"
    with pytest.raises(WrongKey):
        unseal(sealed, purpose="essai")


def test_a_new_key_seals_while_the_old_one_still_opens(settings: LazySettings) -> None:
    settings.SEALING_KEYS = ["old"]
    sealed = seal(b"bleu canari", purpose="essai")
    settings.SEALING_KEYS = ["new", "old"]
    assert unseal(sealed, purpose="essai") == b"bleu canari"
    settings.SEALING_KEYS = ["new"]
    with pytest.raises(WrongKey):
        unseal(sealed, purpose="essai")

"""The secret address of a relay: short enough for mail, and never made up."""

from uuid import UUID, uuid4

from ensemblier.journey.core.replies import Reply, read_reply_address, reply_address

BASE, SECRET = "relais@ensemblier.exemple.fr", "un secret"
RELAY = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")


def test_an_address_comes_back_as_it_was_made_whatever_its_case() -> None:
    made = reply_address(BASE, RELAY, 12, SECRET)
    assert read_reply_address(made, SECRET) == Reply(RELAY, 12)
    assert read_reply_address(made.upper(), SECRET) == Reply(RELAY, 12)


def test_it_fits_in_a_mailbox_name() -> None:
    longest = reply_address(BASE, UUID(int=2**128 - 1), 9_999_999, SECRET)
    assert len(longest.partition("@")[0]) <= 64


def test_a_made_up_address_is_nobodys() -> None:
    made = reply_address(BASE, RELAY, 12, SECRET)
    for faked in (
        made.replace(".12.", ".13."),
        made[:-40] + "a" + made[-39:],
        reply_address(BASE, uuid4(), 12, "un autre secret"),
        BASE,
        "relais+@x",
        "relais+a.b.c@x",
        "relais+zz.1.aa@x",
        "",
    ):
        assert read_reply_address(faked, SECRET) is None, faked


def test_without_a_setting_answers_are_not_read() -> None:
    assert reply_address("", RELAY, 12, SECRET) == ""

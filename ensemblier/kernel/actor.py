"""Who asks: the value that every scoped query and every action receives instead of a request or a user row."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at a door, reduced to what access rules need.

    `user_id` is None for somebody without an account. `organisation_id` is the one the actor acts for (never several at
    once), `roles` what the membership grants there and holds, `withheld` what it grants but a condition keeps back for
    now (no signed data convention). `label` is what a history shows.
    """

    user_id: int | None = None
    organisation_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    label: str = "anonyme"
    withheld: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        """Whether the actor has an account."""
        return self.user_id is not None


ANONYMOUS = Actor()
SYSTEM = Actor(label="système", roles=frozenset({"system"}))

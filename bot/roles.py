"""What somebody is to the desk, by the user groups of the settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.membership import Membership


class Role(StrEnum):
    """Who asks. A registrar's office member is its administrator."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    REGISTRAR = "registrar"


@dataclass(frozen=True, slots=True)
class Roles:
    """Looks the groups up."""

    membership: Membership
    supervisors: tuple[str, ...] = ()
    registrars: tuple[str, ...] = ()

    def of(self, user: str) -> Role:
        """For what is shown: on doubt, an officer."""
        if self.registrars and self.membership.is_in(user, self.registrars):
            return Role.REGISTRAR
        if self.supervisors and self.membership.is_in(user, self.supervisors):
            return Role.SUPERVISOR
        return Role.OFFICER

    def may_administer(self, user: str) -> bool:
        """For what is done: asked of Slack now, and on doubt no."""
        return bool(self.registrars) and self.membership.is_in(user, self.registrars, fresh=True) is True

"""Findings in words: kinds and roles by their names instead of their codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trustledger.authority.parties import ROLES
from trustledger.messages import render
from trustledger_cli.render.records import kind_name, role_names
from trustledger_cli.render.screen import Screen

_KINDS: Final = frozenset({"views.role", "audit.role"})
"""Findings whose facts name a kind (``kind``) and roles (``seen``, ``expected``)."""


def finding_text(screen: Screen, code: str, facts: Mapping[str, object]) -> str:
    """The sentence of a finding.

    Args:
        screen: Knows the language.
        code: Key of the message catalogue.
        facts: What the sentence needs.
    """
    shown = dict(facts)
    if code in _KINDS:
        shown |= {name: _roles(screen, shown[name]) for name in ("seen", "expected") if name in shown}
        if "kind" in shown:
            shown["kind"] = kind_name(str(shown["kind"]), screen.language)
    return render(code, screen.language, shown)


def _roles(screen: Screen, text: object) -> object:
    """Roles as words, if they are roles."""
    roles = str(text).split(", ")
    return role_names(roles, screen.language) if set(roles) <= set(ROLES) else text

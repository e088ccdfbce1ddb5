"""Which language to speak, before anything else is known.

Help and the errors of the command line itself need a language before the arguments are parsed, so the
arguments are looked at twice: once here for ``--lang`` and ``--json`` alone, and once properly by click.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Final

from trustledger.errors import Language

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
ENVIRONMENT: Final = "TRUSTLEDGER_LANG"
_LOCALES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def as_language(text: str | None) -> Language | None:
    """``zh``, ``zh_CN.UTF-8`` → ``"zh"``; any other text → ``"en"``; nothing → None."""
    if not text:
        return None
    return "zh" if text.lower().startswith("zh") else "en"


def language_of(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ, profile: str | None = None
) -> Language:
    """The language of this run: ``--lang``, TRUSTLEDGER_LANG, the profile, the locale, English.

    Args:
        arguments: The command line.
        environment: Environment variables.
        profile: The language that the profile names.
    """
    option = _option(arguments, "--lang")
    if option not in LANGUAGES:
        option = None  # click will say so; until then the other sources count
    chosen = as_language(option) or as_language(environment.get(ENVIRONMENT)) or as_language(profile)
    if chosen is not None:
        return chosen
    locale = next((environment[name] for name in _LOCALES if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether ``--json`` stands among the arguments."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return "--json" in arguments[:end]


def _option(arguments: Sequence[str], name: str) -> str | None:
    for number, argument in enumerate(arguments):
        if argument == "--":
            return None
        if argument == name and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith(name + "="):
            return argument[len(name) + 1 :]
    return None

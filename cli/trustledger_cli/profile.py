"""The profile: what a merchant told ``trustledger setup`` once: the path of the key, never the key."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import platformdirs

from trustledger import FormatError, StorageError

ENVIRONMENT: Final = "TRUSTLEDGER_PROFILE"
VERSION: Final = 1
_LARGEST: Final = 65_536


@dataclass(frozen=True, slots=True)
class Profile:
    """Answers kept for later; None where there is none.

    Attributes:
        ledger: The ledger's directory.
        party: URI of the party that appends.
        key: Path of its key file.
        zone: IANA time zone of times written without an offset.
        language: ``en`` or ``zh``.
    """

    ledger: str | None = None
    party: str | None = None
    key: str | None = None
    zone: str | None = None
    language: str | None = None


def profile_path() -> Path:
    """Where the profile lies: TRUSTLEDGER_PROFILE, or the user's configuration directory."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else platformdirs.user_config_path("trustledger") / "profile.json"


def read_profile(path: Path | None = None) -> Profile:
    """The profile, or an empty one if there is none.

    Raises:
        FormatError: There is a file, but it is not a profile.
    """
    path = path or profile_path()
    try:
        with path.open("rb") as file:
            answers = json.loads(file.read(_LARGEST))
        if answers.pop("version") != VERSION or not all(type(value) is str for value in answers.values()):
            raise FormatError("cli.profile_damaged", seen=str(path))
        return Profile(**answers)
    except (FileNotFoundError, NotADirectoryError):
        return Profile()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FormatError("cli.profile_damaged", seen=str(path)) from None


def write_profile(profile: Profile, path: Path | None = None) -> Path:
    """Write the profile, mode 0600, whole or not at all.

    Raises:
        StorageError: It cannot be written.
    """
    path = path or profile_path()
    answers = {"version": VERSION} | {
        name: value for name, value in asdict(profile).items() if value is not None
    }
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(answers, ensure_ascii=False, indent=2) + "\n")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StorageError("cli.unwritable", seen=str(path), why=error.strerror) from None
    return path


def zone_named(name: str) -> ZoneInfo:
    """The time zone of an IANA name such as ``Asia/Shanghai``.

    Raises:
        FormatError: There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise FormatError("cli.zone", seen=name) from None

"""Which key a person means: a ``.pub`` file, a verifier key as the screen shows it, or a key ID."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from trustledger import FormatError, Ledger, NotFoundError
from trustledger.authority.parties import EnrolledKey, PartyState
from trustledger.keys import MAX_KEY_NOTE, open_key_note
from trustledger.note import VerifierKey, parse_vkey
from trustledger_cli.session import read_file

_KEY_ID: Final = re.compile(r"[0-9a-f]{8}", re.IGNORECASE)


def find_key(ledger: Ledger, text: str) -> tuple[PartyState, EnrolledKey]:
    """A key that is enrolled here, and whose it is. Keys that ended are found too.

    Args:
        ledger: The ledger.
        text: The ``.pub`` file (or the key file beside it), the vkey, or the key ID of eight hex digits.

    Raises:
        FormatError: ``cli.key_reference``, or ``cli.key_several``: two parties' keys have this ID.
        NotFoundError: ``cli.key_unknown``.
    """
    wanted = _read(text)
    if isinstance(wanted, VerifierKey):
        state = ledger.party(wanted.name)
        enrolled = None if state is None else state.enrolled(wanted)
        if state is None or enrolled is None:
            raise NotFoundError("cli.key_unknown", seen=wanted.text)
        return state, enrolled
    found = [(state, one) for state in ledger.parties() for one in state.keys if one.key.key_id == wanted]
    if len(found) > 1:
        raise FormatError("cli.key_several", seen=text, expected=", ".join(one.key.text for _, one in found))
    if not found:
        raise NotFoundError("cli.key_unknown", seen=text)
    return found[0]


def find_log_key(keys: Iterable[VerifierKey], text: str) -> VerifierKey:
    """One of the log's keys. Errors as `find_key`."""
    wanted = _read(text)
    for key in keys:
        if wanted in (key, key.key_id):
            return key
    raise NotFoundError("cli.log_key_unknown", seen=text)


def _read(text: str) -> VerifierKey | bytes:
    for name in (text, f"{text}.pub"):
        if name.endswith(".pub") and Path(name).is_file():
            return open_key_note(read_file(name, MAX_KEY_NOTE))
    if _KEY_ID.fullmatch(text) is not None:
        return bytes.fromhex(text)
    if "+" in text:
        return parse_vkey(text)
    raise FormatError("cli.key_reference", seen=text)

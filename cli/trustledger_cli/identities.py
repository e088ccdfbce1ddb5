"""Registered identities as people type them: brought into one spelling, and their check digits verified.

The check digits are python-stdnum's, an extra, because a ledger works without it: 统一社会信用代码 (GB 32100-2015), LEI
(ISO 17442) and VAT numbers (those of the EU by the rules of its members). Other registers' numbers are taken as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from trustledger import FormatError, TrustLedgerError
from trustledger.authority.parties import Identity

CHECKED: Final = ("lei", "uscc", "vat")
"""Schemes whose check digits are verified."""
_SCHEME: Final = re.compile(r"[a-z][a-z0-9-]{1,31}")
_BESIDE: Final = re.compile(r"[^0-9A-Z]")
_COUNTRY: Final = 2


def parse_identity(text: str) -> Identity:
    """An identity as typed: ``uscc:91110000600037341L``, ``lei:…``, ``vat:DE 136,695 976``.

    Args:
        text: Scheme, colon, number. Spaces, dots and dashes do not count, nor does case.

    Raises:
        FormatError: ``cli.identity`` (not of that form) or ``cli.identity_digits`` (its check digits do not fit).
        TrustLedgerError: ``cli.identity_extra``: python-stdnum is not installed.
    """
    scheme, colon, typed = text.partition(":")
    scheme, typed = scheme.strip().lower(), typed.strip()
    value = _BESIDE.sub("", typed.upper())
    if not colon or not _SCHEME.fullmatch(scheme) or not 1 <= len(value) <= 64 or not typed.isascii():
        raise FormatError("cli.identity", seen=text)
    if scheme not in CHECKED:
        return Identity(scheme, value)
    return Identity(scheme, _verified(scheme, value, text))


def _verified(scheme: str, value: str, text: str) -> str:
    """The number in its register's own spelling."""
    try:
        from stdnum.exceptions import ValidationError  # noqa: PLC0415  (an extra)
    except ImportError:
        raise TrustLedgerError("cli.identity_extra", seen=scheme) from None
    try:
        found = _validator(scheme, value)(value)
    except ValidationError as error:
        raise FormatError("cli.identity_digits", seen=text, why=str(error)) from None
    spelled = _BESIDE.sub("", str(found).upper())
    country = value[:_COUNTRY] if scheme == "vat" else ""
    return spelled if spelled.startswith(country) else country + spelled


def _validator(scheme: str, value: str) -> Callable[[str], str]:
    from stdnum import get_cc_module, lei  # noqa: PLC0415
    from stdnum.cn import uscc  # noqa: PLC0415
    from stdnum.eu import vat  # noqa: PLC0415
    from stdnum.exceptions import InvalidComponent  # noqa: PLC0415

    if scheme != "vat":
        module: Any = lei if scheme == "lei" else uscc
    elif value[:_COUNTRY].lower() in {*vat.MEMBER_STATES, "el", "xi"}:
        module = vat
    else:
        module = get_cc_module(value[:_COUNTRY].lower(), "vat") if value[:_COUNTRY].isalpha() else None
    if module is None:
        raise InvalidComponent
    validate: Callable[[str], str] = module.validate
    return validate

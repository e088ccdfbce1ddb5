"""A layout as a brand owner writes it by hand: a TOML file.

The file's tables and keys are the fields of the kind `layout`, one ``[[steps]]`` for each step. It is read strictly:
what is unknown, missing or of another type is told with the file, the step and the field, all of it at once.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from trustledger.errors import FormatError, InputError, PolicyError, TrustLedgerError
from trustledger.gs1 import HOST, classes
from trustledger.kinds import Kinds
from trustledger.kinds.business import business_digest
from trustledger.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustledger.keys import Signer
    from trustledger.ledger import Ledger, Receipt
    from trustledger.record import Draft

KIND: Final = "layout"
MAX_FILE: Final = 65_536
"""Bytes of a file; a record is no longer (format, section 1)."""
_PRODUCT: Final = re.compile(re.escape(HOST) + r"/01/[0-9]{14}")
_WHERE: Final = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")
_STEP: Final = re.compile(r"data\.steps\.([0-9]+)(?:\.(.*))?", re.DOTALL)


def read_layout_file(raw: bytes, file: str) -> dict[str, Any]:
    """The fields in a layout's file; what they mean is checked by `layout_draft`.

    Args:
        raw: Its bytes.
        file: Its name, for errors.

    Raises:
        FormatError: ``layout.toml``, ``layout.text`` or ``layout.large``.
    """
    if len(raw) > MAX_FILE:
        raise FormatError("layout.large", file=file, seen=len(raw), expected=MAX_FILE)
    try:
        text = raw.decode("utf-8-sig")  # spreadsheets and old editors begin a file with a mark
    except UnicodeDecodeError as error:
        raise FormatError("layout.text", file=file, seen=error.start) from None
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, or of arrays in arrays
        where = _WHERE.search(str(error))
        line, column = where.groups() if where else ("?", "?")
        raise FormatError("layout.toml", file=file, line=line, column=column) from None


def layout_draft(subject: str, fields: dict[str, Any], occurred_at: int, file: str) -> Draft:
    """The record that lays down what a file says.

    Args:
        subject: The product, or one lot of it.
        fields: What `read_layout_file` gave.
        occurred_at: When it is laid down, ms since 1970-01-01T00:00:00Z.
        file: Name of the file, for errors.

    Raises:
        FormatError: ``layout.subject``: not a product or a lot of one.
        InputError: ``layout.file``, with every bad field among its ``problems``.
    """
    if _PRODUCT.fullmatch((subject, *classes(subject))[-1]) is None:
        raise FormatError("layout.subject", seen=subject)
    row = {"kind": KIND, "subject": subject, "occurred_at": occurred_at, "data": fields}
    try:
        return Kinds.default().draft(row)
    except InputError as error:
        problems = [_placed(problem, fields) for problem in error.problems]
        raise InputError("layout.file", problems=problems, file=file, count=len(problems)) from None


def set_layout(  # noqa: PLR0913  (all by name)
    ledger: Ledger,
    subject: str,
    raw: bytes,
    *,
    file: str,
    signer: Signer,
    cosigners: Sequence[Signer] = (),
    now: int,
) -> Receipt:
    """Lay down the steps of a file. Doing so again changes nothing and gives the same place.

    Args:
        ledger: The ledger.
        subject: The product, or one lot of it.
        raw: The file's bytes.
        file: Its name, for errors.
        signer: The brand owner's.
        cosigners: More keys of the brand owner, if its threshold asks for them, or of other parties that sign too.
        now: ms since 1970-01-01T00:00:00Z.

    Raises:
        FormatError: As `read_layout_file` and `layout_draft`.
        PolicyError: ``layout.changed``: this version stands already and says something else; or as `Ledger.append`.
    """
    draft = layout_draft(subject, read_layout_file(raw, file), now, file)
    version = str(draft.data["version"])
    digest = business_digest(signer.party, KIND, (subject, version))
    with ledger.reading() as reader:
        place = reader.business_places([digest])[0]
        standing = None if place is None else reader.record(*place).record
    if isinstance(standing, Record):  # the same steps laid down tomorrow are not another layout
        draft = layout_draft(subject, dict(draft.data), standing.occurred_at, file)
    try:
        return ledger.append([draft], signer=signer, cosigners=cosigners)
    except PolicyError as error:
        if error.code != "ledger.other_content":
            raise
        facts = {"ref": error.facts.get("ref"), "field": error.facts.get("field")}
        raise PolicyError("layout.changed", file=file, version=version, **facts) from None


def _placed(problem: TrustLedgerError, fields: dict[str, Any]) -> TrustLedgerError:
    """A problem with its place as the file shows it: ``steps 2 (drying): roles``."""
    at = str(problem.facts.get("at", ""))
    within = _STEP.fullmatch(at)
    if within is None:
        return type(problem)(problem.code, **{**problem.facts, "at": at.removeprefix("data.")})
    number, steps = int(within[1]), fields.get("steps")
    step = steps[number] if isinstance(steps, list) and number < len(steps) else None
    name = step.get("name") if isinstance(step, dict) else None
    place = f"steps {number + 1}" + (f" ({name})" if isinstance(name, str) else "")
    return type(problem)(problem.code, **{**problem.facts, "at": ": ".join(filter(None, (place, within[2])))})

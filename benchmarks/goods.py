"""What is measured on: invented goods, the same in every run."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from trustledger import Draft, Ed25519Signer, Ledger, key_note
from trustledger.gs1 import check_digit
from trustledger.kinds.build import inspection, result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORIGIN = "shop.example/ledger"
OPERATOR = "https://shop.example/operator"
LAB = "https://lab.example/"
_PRODUCTS = 100
_PARAMETERS = (("lead", "GB 5009.12"), ("cadmium", "GB 5009.15"), ("arsenic", "GB 5009.11"))
_HEADER = (
    "gtin,lot,occurred_at,category,report,sample,parameter,value,unit,loq,"
    "uncertainty,basis,method,lab,tested_on"
)


class Counted:
    """Stands in for clock and randomness, so that every round signs and keeps the very same bytes."""

    def __init__(self) -> None:
        self._count = 0

    def clock(self) -> int:
        """Milliseconds since 1970-01-01T00:00:00Z: one more each time."""
        self._count += 1
        return 1_790_000_000_000 + self._count

    def randomness(self, size: int) -> bytes:
        """Bytes that nobody has had yet."""
        self._count += 1
        return sha256(b"%d" % self._count).digest()[:size]


def signer(name: str) -> Ed25519Signer:
    """A key whose secret anybody can compute."""
    return Ed25519Signer.from_seed(name, sha256(b"benchmark " + name.encode()).digest())


def new_ledger(path: Path) -> None:
    """A ledger with one laboratory."""
    counted, operator = Counted(), signer(OPERATOR)
    ledger = Ledger.create(
        path,
        origin=ORIGIN,
        operator=operator,
        log=signer(ORIGIN),
        clock=counted.clock,
        randomness=counted.randomness,
    )
    with ledger:
        ledger.enrol(LAB, operator=operator, key_note=key_note(signer(LAB)), roles=("inspector",))


def open_ledger(path: Path) -> Ledger:
    """That ledger, with the key that signs its checkpoints at hand."""
    counted = Counted()
    return Ledger.open(path, log=signer(ORIGIN), clock=counted.clock, randomness=counted.randomness)


def gtin(number: int) -> str:
    """The GTIN of one of the products."""
    digits = f"{952110000000 + number % _PRODUCTS:013d}"
    return digits + check_digit(digits)


def write_csv(path: Path, rows: int) -> None:
    """A laboratory's sheet: every row the only result of its report, each on a lot of its own."""
    with path.open("w", encoding="utf-8", newline="") as file:
        print(_HEADER, file=file)
        for number in range(rows):
            parameter, method = _PARAMETERS[number % len(_PARAMETERS)]
            day, hour, minute = number // 1440 % 28 + 1, number // 60 % 24, number % 60
            print(
                f"{gtin(number)},L{number:07d},2026-09-{day:02d} {hour:02d}:{minute:02d},milk powder,"
                f"R-2026-{number:07d},S-{number:07d},{parameter},0.{number % 90 + 10:03d},mg/kg,0.005,"
                f"0.002,as sold,{method},Example Laboratory,2026-09-{day:02d}",
                file=file,
            )


def typed_records(start: int, count: int) -> Iterator[Draft]:
    """The same, said in Python."""
    for number in range(start, start + count):
        parameter, method = _PARAMETERS[number % len(_PARAMETERS)]
        yield inspection(
            f"https://id.gs1.org/01/{gtin(number)}/10/L{number:07d}",
            occurred_at=1_789_000_000_000 + number * 60_000,
            category="milk powder",
            report=f"R-2026-{number:07d}",
            sample=f"S-{number:07d}",
            results=[result(parameter, f"0.{number % 90 + 10:03d}", "mg/kg", loq="0.005", method=method)],
            lab="Example Laboratory",
        )

"""Every error this library raises, as one tree.

::

    TrustLedgerError                     exit code 1
    ├── FormatError (ValueError)         1   bytes or input that are not what the format or a kind allows
    │   ├── NewerFormatError             1   well-formed as far as we can tell, but from a later version
    │   └── InputError                   1   rows a person wrote; carries every problem at once
    ├── VerificationError                3   something forged, changed or missing
    │   ├── SignatureError               3
    │   ├── ChainError                   3
    │   ├── ProofError                   3
    │   └── ForkError                    3   two statements about history that cannot both be true
    ├── PolicyError                      4   well-formed and authentic, yet not allowed here
    ├── StorageError                     5
    │   ├── ConflictError                5   somebody else appended first, or holds the lock
    │   ├── StoreFullError               5
    │   └── CorruptStoreError            5
    └── NotFoundError (LookupError)      1

An error is a *code* and the *facts* around it (what was seen, what was expected, where). The sentence is made from
`trustledger.messages` when somebody reads it, in English or Chinese. Facts are public: no caller passes a secret.
No exception of a third-party library leaves this package.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from trustledger.messages import render

Language = Literal["en", "zh"]


class TrustLedgerError(Exception):
    """Base of every error here.

    Args:
        code: A key of the message catalogue, such as ``"encoding.float"``.
        **facts: What the sentence needs: ``seen``, ``expected``, ``at`` and the like. Never a secret.

    Attributes:
        code: The catalogue key; stable, so programs may test it.
        facts: The facts as passed.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def text(self, language: Language = "en") -> str:
        """The sentence for a person, in ``language``."""
        return render(self.code, language, self.facts)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.facts))


def _rebuild(cls: type[TrustLedgerError], code: str, facts: dict[str, object]) -> TrustLedgerError:
    """Unpickle: facts are keyword arguments, which the default protocol forgets."""
    return cls(code, **facts)


class FormatError(TrustLedgerError, ValueError):
    """Bytes or values that the format or a kind does not allow."""


class NewerFormatError(FormatError):
    """Made by a later version of the format: not broken, but not checkable here."""


class InputError(FormatError):
    """Input written by a person (rows, files) that needs mending.

    Attributes:
        problems: Every problem found, each an error of its own; ``facts["count"]`` is their number.
    """

    def __init__(self, code: str, /, *, problems: Sequence[TrustLedgerError] = (), **facts: object) -> None:
        super().__init__(code, **facts)
        self.problems = tuple(problems)

    def text(self, language: Language = "en") -> str:
        """The sentence, followed by one line for each of the first twenty problems."""
        lines = [super().text(language)]
        lines += ["  " + problem.text(language) for problem in self.problems[:20]]
        if len(self.problems) > 20:
            lines.append("  …")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild_input, (type(self), self.code, self.problems, self.facts))


def _rebuild_input(
    cls: type[InputError], code: str, problems: tuple[TrustLedgerError, ...], facts: dict[str, object]
) -> InputError:
    return cls(code, problems=problems, **facts)


class VerificationError(TrustLedgerError):
    """Something is forged, changed or missing."""

    exit_code = 3


class SignatureError(VerificationError):
    """A signature, or the key it needs, is missing or wrong."""


class ChainError(VerificationError):
    """A record or link does not stand where the chain says."""


class ProofError(VerificationError):
    """A Merkle proof does not lead to the root."""


class ForkError(VerificationError):
    """Two histories that cannot both be true."""


class PolicyError(TrustLedgerError):
    """Authentic, but not allowed at this place."""

    exit_code = 4


class StorageError(TrustLedgerError):
    """The store could not do what was asked."""

    exit_code = 5


class ConflictError(StorageError):
    """Another writer came first, or holds the lock."""


class StoreFullError(StorageError):
    """No room left on the device."""


class CorruptStoreError(StorageError):
    """The store's own files are damaged."""


class NotFoundError(TrustLedgerError, LookupError):
    """No such thing here."""

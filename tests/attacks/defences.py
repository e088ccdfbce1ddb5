"""Switching one defence off, so that a test can show that nothing else stood behind it.

A defence is a function, or a line of one. `nothing` lets the function say nothing; `edited` compiles it anew with one
piece of its source replaced. Whoever moves a defence moves it here too: an edit whose piece is not found fails.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from dataclasses import dataclass
from functools import reduce
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING, Any

from trustledger import ed25519
from trustledger.authority import policy

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


@dataclass(frozen=True)
class Off:
    """One defence, and what takes its place.

    Attributes:
        target: ``module:name`` where the name is looked up, such as ``trustledger.authority.rights:check_time``.
        change: From what stands there to what shall stand there.
    """

    target: str
    change: Callable[[Any], Any]

    def switch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Do it, until the test ends. What was remembered of earlier answers is forgotten."""
        module, _, path = self.target.partition(":")
        *outer, name = path.split(".")
        owner = reduce(getattr, outer, import_module(module))
        monkeypatch.setattr(owner, name, self.change(getattr(owner, name)))
        forget()


def forget() -> None:
    """What once held is remembered: keys, signatures, policies. A test that let them hold leaves nothing behind."""
    ed25519._load.cache_clear()
    ed25519._verify_short.cache_clear()
    policy._parse.cache_clear()


def nothing(target: str) -> Off:
    """A question that is not asked."""
    return Off(target, lambda _: lambda *_args, **_named: None)


def instead(target: str, replacement: Any) -> Off:
    """Another function, or property."""
    return Off(target, lambda _: replacement)


def edited(target: str, old: str, new: str) -> Off:
    """The function with one piece of its source replaced."""

    def change(function: Any) -> Any:
        source = textwrap.dedent(inspect.getsource(function))
        assert source.count(old) == 1, f"{target} has no single “{old}” any more"
        found: dict[str, Any] = {}
        exec(
            compile(source.replace(old, new), target, "exec"),
            sys.modules[function.__module__].__dict__,
            found,
        )
        return found[function.__name__]

    return Off(target, change)


def any_order() -> property:
    """Signature lines that stand in ascending order wherever they stand."""
    numbers = count()
    return property(lambda _: next(numbers))

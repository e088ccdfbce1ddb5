"""Phrases of the demo."""

# ruff: noqa: E501 -- a phrase is read and translated as one line

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str]]] = {}

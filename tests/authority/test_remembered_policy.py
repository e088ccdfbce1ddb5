"""Policies are read once: here, and not beside their other tests, since ``make mutants`` takes caches off."""

from __future__ import annotations

from trustledger.authority.policy import default_policy, parse_policy

TEXT = 'format = 1\nname = "small"\ndate = 2026-11-22\n'


def test_equal_texts_are_read_once() -> None:
    assert parse_policy(TEXT) is parse_policy(str(TEXT.encode(), "utf-8"))
    assert default_policy() is default_policy()

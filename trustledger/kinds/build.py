"""The library's door to kinds: one typed function per kind. Skeleton; signatures are final, bodies follow."""

from __future__ import annotations

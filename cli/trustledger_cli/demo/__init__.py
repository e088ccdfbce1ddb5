"""The demo: its story as calls of the library, apart from how it is told."""

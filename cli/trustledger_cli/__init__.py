"""The command line: parse → one call of the library → render. It knows the public library and nothing below it."""

"""The command line: parse → one call of the library → render. It knows the library and nothing below."""

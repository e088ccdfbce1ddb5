"""Everything the command line says by itself, in English and Chinese. Errors stand in `trustledger.messages`."""

"""What the command line says by itself, in both languages. Errors stand in `trustledger.messages`."""

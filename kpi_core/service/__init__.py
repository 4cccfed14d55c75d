"""What the screens and the command line do, one module a kind of action: read, join, decide, store."""

"""Whether a contact that is shown works: a code, a letter or a call."""

"""A labelled bank of recall notices and of a mall's listings; what it is stands in the README beside it."""

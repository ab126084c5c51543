"""The desk's pages about its own people: who there is, invitations, roles, and what waits for a second pair of eyes."""

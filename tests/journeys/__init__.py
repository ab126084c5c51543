"""Stories that go through several parts of the house."""

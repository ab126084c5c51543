"""What authorities, courts and others ask about people: entered, decided on its ground, answered."""

"""How many statements each verb makes at least when it does its work, counted while the tests beside the code run."""

"""Every write about measures: decided on, hidden provisionally, ended, looked at again."""

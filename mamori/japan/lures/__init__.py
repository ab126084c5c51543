"""Contact details and offers to deal elsewhere, found in a message; and the notices that nobody may touch.  Pure Python.

`checking.check` finds, `checking.masked` hides what was found, `formal.formal` says that a message must be left as it is.
None of them decides anything: the writer is warned, and only a button that the writer presses makes a notice a notice.
"""

"""What should stand about each kind of matter of the room: which clocks run since when, and what is asked of the centre.

Formal notices and recoveries are settled by it after each act.  By the others nothing is started or stopped yet: the tests
compare them after each act with what the room's verbs have started by hand.
"""

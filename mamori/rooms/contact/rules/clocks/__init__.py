"""What should stand about each kind of matter of the room: which clocks run since when, and what is asked of the centre.

Nothing is started or stopped by it yet: the tests compare it after each act with what the room's verbs have started by hand.
"""

"""What staff decide in this room, as data: on a trouble or a recovery, an emergency look, clocks after a disaster."""

"""The main job, played through by a clock that jumps."""

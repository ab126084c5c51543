"""Where the house is put together: settings, wiring, the worker, and the command."""

"""Runs the trial in a process of its own, in the house that the environment names, and prints what was found."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from mamori.site.command import ready

if __name__ == "__main__":
    ready()
    from django.conf import settings

    from trials.spoil.trial import trial

    asked = json.loads(sys.argv[1])
    print(json.dumps(asdict(trial(kept=Path(settings.HOME) / "kept", **asked)), ensure_ascii=False))

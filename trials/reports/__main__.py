"""One run in a process and a house of its own: `python -m trials.reports '{"reports": …}'`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from mamori.site.command import ready

if __name__ == "__main__":
    ready()
    from trials.reports.measure import played

    print(json.dumps(asdict(played(**json.loads(sys.argv[1])))))

"""Settings of a house with planted faults: templates of its own come first, in which words are not escaped."""

import os
from pathlib import Path

from mamori.site import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})

TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [Path(os.environ["MAMORI_HOME"]) / "planted"]}]

"""``python -m farreaching``."""

import sys

from .cli import main

sys.exit(main())

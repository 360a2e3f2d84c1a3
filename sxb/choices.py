# SPDX-License-Identifier: MIT
"""The words that options and settings of the line choose from."""

FLOWS = ("none", "rtscts", "xonxoff")
"""Flow control of a port.  The board never asserts any on receive, so `none` is the default."""

LEVELS = ("on", "off")
"""A handshake line asserted or not."""

POLARITIES = ("high", "low")
"""The level of a pin that lights its LED."""

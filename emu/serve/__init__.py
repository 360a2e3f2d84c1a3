# SPDX-License-Identifier: MIT
"""A board that outlives a command: other programs talk to it as to a cable."""

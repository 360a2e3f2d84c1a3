# SPDX-License-Identifier: MIT
"""One file per screen."""

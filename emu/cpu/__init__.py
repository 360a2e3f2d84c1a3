# SPDX-License-Identifier: MIT
"""The W65C816S core, exact to the bus cycle."""

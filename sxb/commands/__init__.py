# SPDX-License-Identifier: MIT
"""The subcommands of `sxb`, one file each; each has a `command`."""

# SPDX-License-Identifier: MIT
"""The larger commands of `emu816`, one file each."""

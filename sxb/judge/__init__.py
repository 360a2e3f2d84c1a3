# SPDX-License-Identifier: MIT
"""Judging programs: a board that is told what is expected of it, and says what it did instead.

`sxb.pytest_plugin` hands these out as fixtures; they work without pytest as well.
"""

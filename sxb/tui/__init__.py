# SPDX-License-Identifier: MIT
"""The monitor session: screens over plain values, and the worker that owns the port."""

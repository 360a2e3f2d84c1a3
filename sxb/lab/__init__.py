# SPDX-License-Identifier: MIT
"""Boards in a lab that labgrid looks after: a resource, a driver, an exporter for virtual boards.

labgrid replaces pyserial by a fork of its own, so these modules are used in an environment of their own
(``make lab``); nothing else here imports them.  `docs/lab.md` is the page for users.
"""

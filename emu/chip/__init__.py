# SPDX-License-Identifier: MIT
"""The W65C265S around its core: memory map, clocks, ports, timers, UARTs, interrupts."""

# SPDX-License-Identifier: MIT
"""Looking at a board: LEDs, waveforms."""

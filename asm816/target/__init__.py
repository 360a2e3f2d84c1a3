# SPDX-License-Identifier: MIT
"""What the target machine is: leaf tables that assembler, emulator and uploader all read."""

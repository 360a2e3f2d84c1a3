# SPDX-License-Identifier: MIT
"""`sxb term`: a plain terminal on the line, with a menu, a script and a line that comes back."""

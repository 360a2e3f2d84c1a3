# SPDX-License-Identifier: MIT
"""One file per widget: each is shown plain values and posts what the user did."""

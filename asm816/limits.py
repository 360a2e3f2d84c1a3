# SPDX-License-Identifier: MIT
"""What a source may ask for at most: one record, which tests shrink.

Each limit has a diagnostic of its own, so that a source that asks for too much ends in a message and
never in a crash, a hang or an exhausted memory.
"""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The limits of one assembly.  Sizes in bytes, lengths in characters."""

    address_space: int = 1 << 24  # the processor has 24 address lines
    image_bytes: int = 1 << 24  # an image cannot be larger than the address space
    line_length: int = 1 << 16  # longer lines are not written by people
    file_bytes: int = 1 << 24
    total_source_bytes: int = 1 << 26  # all files of one assembly together
    include_depth: int = 64
    expansion_depth: int = 128  # macros that call macros
    # Lines of macros and of files read again, in a small source: 2^30 of them must end within two seconds.
    expanded_lines: int = 120_000
    line_tokens: int = 70_000  # tokens of one line after its names are replaced; a full line has fewer
    replaced_tokens: int = 2_000_000  # tokens that textual names make in all
    expression_depth: int = 200  # parentheses and signs inside one another
    expression_tokens: int = 1_000  # one expression, not one list of data
    new_tokens: int = 60_000  # in shapes of statements not met before; large sources may have more
    symbols: int = 500_000
    scope_depth: int = 128  # scopes inside one another
    pieces: int = 200_000  # separate runs of bytes in an image
    passes: int = 16  # over a source whose sizes depend on one another
    errors: int = 100  # then the run stops

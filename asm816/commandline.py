# SPDX-License-Identifier: MIT
"""How each of our commands starts, fails and ends.

`run` does it in one place for all tools: errors of our families become one line and the exit code that
the table in `asm816.exitcodes` has for them, Ctrl-C is 130, a closed pipe ends quietly, and nothing else
than a bug ever shows a traceback.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from typing import TYPE_CHECKING

from asm816.errors import ToolError
from asm816.exitcodes import ExitCode
from asm816.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def fail(tool: str, error: ToolError, *, as_json: bool = False) -> None:
    """Say on standard error what happened and what to try; for programs, on standard output too."""
    line = f"{tool}: {error.sentence}"
    if error.hint:
        line += f"; {error.hint}"
    if error.exit_code != ExitCode.INTERRUPTED:  # that says all
        line += f" [{error.code}]"
    print(printable(line), file=sys.stderr, flush=True)
    if as_json:
        import json  # only on request

        values = {
            "code": error.code,
            "message": error.sentence,
            "hint": error.hint,
            "exit_code": int(error.exit_code),
        }
        print(json.dumps(values), flush=True)


def _asks_for_json(arguments: Sequence[str]) -> bool:
    """Whether --json is among the options; reading them may have failed before it came to it."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in options


def _open_closed_streams() -> None:
    """Streams that were closed before we began (``>&-``): writing to such an output fails like a full disk.

    They take the lowest handles, so that no file of ours takes them and gets our messages.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), "r", encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _reader_gone() -> ExitCode:
    """Whoever read our output has ended (`| head`): nothing is left to say."""
    _discard_output()
    return ExitCode.DONE


def _discard_output() -> None:
    """What is still buffered cannot be written, not at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(tool: str, command: Callable[[Sequence[str]], object], arguments: Sequence[str] | None = None) -> int:
    """Run `command` with its arguments and return the exit code of the process.  Never raises for a user's mistake.

    With ``--json`` among the arguments a failure is an object on standard output as well: ``code``,
    ``message``, ``hint`` and ``exit_code``.
    """
    atexit.register(gc.freeze)  # a process that ends need not search all it holds for cycles: 10 ms
    _open_closed_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = _asks_for_json(given)
    try:
        result = command(given)
        sys.stdout.flush()  # a full disk shows here, and not as a traceback at exit
    except KeyboardInterrupt:
        failure = ToolError("INTERRUPTED", "interrupted", "", ExitCode.INTERRUPTED)
    except ToolError as error:
        failure = error
    except BrokenPipeError:
        return _reader_gone()
    except OSError as error:
        fail(tool, ToolError("OUTPUT", f"cannot write the output: {error.strerror or error}"))
        _discard_output()
        return ExitCode.FILE_ACCESS
    except SystemExit as end:
        # rich-click ends the process itself when it meets a closed pipe or shows help for no arguments.
        if isinstance(end.__context__, OSError) and end.__context__.errno == errno.EPIPE:
            return _reader_gone()
        return end.code if isinstance(end.code, int) else ExitCode.USAGE
    else:
        return int(result) if isinstance(result, int) else ExitCode.DONE
    fail(tool, failure, as_json=as_json)
    return failure.exit_code

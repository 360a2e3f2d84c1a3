# SPDX-License-Identifier: MIT
"""The tone outputs as a sound file: TG0 on the left channel, TG1 on the right.

The chip's pin is a square wave of the generator (`emu.chip.tones`); a sample is the mean of the pin
over its time, and a capacitor, as there is one before every loudspeaker, takes the constant part away.
"""

from __future__ import annotations

import wave
from array import array
from io import BytesIO
from math import exp, pi
from sys import byteorder
from typing import TYPE_CHECKING

from asm816.outputs import write_atomically
from emu.probes.waves import NS_PER_S

if TYPE_CHECKING:
    from pathlib import Path

    from emu.probes.waves import Recording, Wave

RATE = 44_100
"""Samples per second, what every player takes."""

CHANNELS = ("TG0", "TG1")

_PEAK = 16_000
"""Half of what 16 bits can hold: a square wave is loud."""

_CORNER_HZ = 20.0
"""Of the capacitor: the lowest tone that people hear."""


def write_wav(path: str | Path, recording: Recording) -> None:
    """Write the file, whole or not at all.  Raises FileAccessError, and KeyError if a tone pin is not recorded."""
    write_atomically(path, wav_bytes(recording))


def wav_bytes(recording: Recording) -> bytes:
    """The file: 16 bits, two channels, as long as the recording."""
    count = recording.duration * RATE // NS_PER_S
    sides = [_samples(recording.wave(pin), count) for pin in CHANNELS]
    frames = array("h", [sample for pair in zip(*sides, strict=True) for sample in pair])
    if byteorder == "big":
        frames.byteswap()
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(len(sides))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames.tobytes())
    return out.getvalue()


def _samples(pin: Wave, count: int) -> list[int]:
    kept = exp(-2 * pi * _CORNER_HZ / RATE)
    held = float(pin.level)  # the charge of the capacitor; at the beginning all is at rest
    samples = []
    for mean in _means(pin, count):
        held = kept * held + (1 - kept) * mean
        samples.append(round(2 * _PEAK * (mean - held)))
    return [max(-32_768, min(32_767, sample)) for sample in samples]


def _means(pin: Wave, count: int) -> list[float]:
    """The mean level of the pin over each sample's time."""
    means = [0.0] * count
    step = NS_PER_S / RATE
    level, since = pin.level, 0.0
    for time, following in (*pin.edges, (round(count * step) + 1, 0)):
        if level:
            _fill(means, since / step, time / step)
        level, since = following, float(time)
    return means


def _fill(means: list[float], start: float, end: float) -> None:
    """The pin is 1 from `start` to `end`, in samples."""
    first, last = int(start), min(int(end), len(means))
    if first == last:
        if first < len(means):
            means[first] += end - start
        return
    means[first] += first + 1 - start
    for number in range(first + 1, last):
        means[number] = 1.0
    if last < len(means):
        means[last] += end - last

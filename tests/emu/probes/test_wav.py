# SPDX-License-Identifier: MIT
"""The sound file: its pitch by Fourier transform, its length, its silence."""

from __future__ import annotations

import wave
from io import BytesIO

import numpy as np
import pytest

from emu.probes.wav import RATE, wav_bytes, write_wav
from emu.probes.waves import NS_PER_S, Recording, Wave

SILENT = Wave("TG1", 0, ())


def tone(name: str, hz: float, seconds: float) -> Wave:
    half = NS_PER_S / hz / 2
    return Wave(name, 0, tuple((round(n * half), 1 - n % 2) for n in range(round(2 * hz * seconds))))


def channels(data: bytes):
    with wave.open(BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return samples[0::2], samples[1::2]


def pitch(samples) -> float:
    """The strongest frequency in Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * RATE / len(samples)


@pytest.mark.parametrize("hz", [55.0, 440.0, 2000.0, 7040.0])
def test_the_pitch_is_that_of_the_pin(hz):
    left, right = channels(wav_bytes(Recording(NS_PER_S, (tone("TG0", hz, 1), SILENT))))
    assert pitch(left) == pytest.approx(hz, abs=1)
    assert not right.any()
    assert abs(left).max() > 10_000


def test_each_generator_has_its_side_and_the_file_its_length():
    both = Recording(NS_PER_S // 2, (tone("TG1", 550, 0.5), tone("TG0", 440, 0.5)))
    left, right = channels(wav_bytes(both))
    assert len(left) == len(right) == RATE // 2
    assert (round(pitch(left)), round(pitch(right))) == (440, 550)


def test_a_pin_that_rests_on_1_is_silent_in_the_end():
    resting = Wave("TG0", 0, ((1000, 1),))
    left, _ = channels(wav_bytes(Recording(NS_PER_S, (resting, SILENT))))
    assert left[1:10].min() > 10_000  # the click
    assert not left[-100:].any()


def test_pulses_shorter_than_a_sample_count_by_their_length():
    pulses = tuple(edge for n in range(1000) for edge in ((n * 10_000, 1), (n * 10_000 + 2_500, 0)))
    left, _ = channels(wav_bytes(Recording(10_000_000, (Wave("TG0", 0, pulses), SILENT))))
    assert left[2] == pytest.approx(0.25 * 32_000, rel=0.3)


def test_a_recording_without_the_tones_is_refused(tmp_path):
    with pytest.raises(KeyError):
        write_wav(tmp_path / "no.wav", Recording(1000, (SILENT,)))
    assert not list(tmp_path.iterdir())

"""Tests of the engine, by storey, and of this edition."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytest.register_assert_rewrite("tests.searching")  # before anything imports it

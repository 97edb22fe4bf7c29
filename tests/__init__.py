"""Tests of the engine, by storey, and of this edition."""

from pathlib import Path

ROOT = Path(__file__).parent.parent

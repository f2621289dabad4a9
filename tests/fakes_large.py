"""A module that takes 128 MiB, as a large library may."""

LARGE = b"x" * (128 << 20)

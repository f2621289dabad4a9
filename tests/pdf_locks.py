"""
PDF files with a password, in each of the ways that the standard handler has (ISO 32000-2, 7.6).

RC4 and AES are written out here: no library of ciphers is among what the tests need.
"""

import hashlib
import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

import regex
from pdf_by_hand import skeleton

from pdf_objects import put

Way = Literal["RC4 of 40 bits", "RC4 of 128 bits", "AES of 128 bits", "AES of 256 bits"]
WAYS: tuple[Way, ...] = ("RC4 of 40 bits", "RC4 of 128 bits", "AES of 128 bits", "AES of 256 bits")

_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_IDENTITY = bytes(range(16))
_ALLOWED = -4
"""What may be done without the owner's password: all of it."""
_KEY = hashlib.sha256(b"the key of the file").digest()
_SALTS = (b"validate", b"unlock..", b"VALIDATE", b"UNLOCK..")
_STREAM = regex.compile(rb"(.*?)/Length \d+(.*?)\nstream\n(.*)\nendstream", regex.DOTALL)
_STRING = regex.compile(rb"\(([^()]*)\)")


class Lock(NamedTuple):
    """The entries of ``/Encrypt``, and how the bytes of an object are locked."""

    entries: bytes
    close: Callable[[int, bytes], bytes]


def locked(
    way: Way, user: str = "", owner: str = "chủ", objects: Mapping[int, bytes] | None = None
) -> bytes:
    """The plan of ``pdf_by_hand``, opened by either password; by anyone, if the user's is empty."""
    lock = _lock_256(user.encode(), owner.encode()) if "256" in way else _lock(way, user, owner)
    made = {number: _closed(number, body, lock) for number, body in (objects or skeleton()).items()}
    number = max(made) + 1
    made[number] = b"<</Filter/Standard%s/P %d>>" % (lock.entries, _ALLOWED)
    identity = b"<%s>" % _IDENTITY.hex().encode()
    trailer = b"<</Root 1 0 R/Encrypt %d 0 R/ID[%s%s]>>" % (number, identity, identity)
    return put(made, trailer)


def _closed(number: int, body: bytes, lock: Lock) -> bytes:
    """An object whose strings and stream are locked."""
    match = _STREAM.fullmatch(body)
    if match is None:
        return bytes(_STRING.sub(lambda m: b"<%s>" % lock.close(number, m[1]).hex().encode(), body))
    data = lock.close(number, match[3])
    return b"%s/Length %d%s\nstream\n%s\nendstream" % (match[1], len(data), match[2], data)


# -- up to 128 bits


def _lock(way: Way, user: str, owner: str) -> Lock:
    revision, size = {"RC4 of 40 bits": (2, 5), "RC4 of 128 bits": (3, 16)}.get(way, (4, 16))
    pad = [(word.encode("latin-1", "replace") + _PAD)[:32] for word in (user, owner)]
    master = _many_times(_md5(pad[1]), revision, size)
    told_owner = _rc4_many(master, pad[0], revision)
    key = _md5(pad[0] + told_owner + struct.pack("<i", _ALLOWED) + _IDENTITY)
    key = _many_times(key, revision, size)
    if revision == 2:
        told_user = _rc4(key, _PAD)
    else:
        told_user = _rc4_many(key, _md5(_PAD + _IDENTITY), revision) + bytes(16)
    entries = b"/R %d/V %d/Length %d/O<%s>/U<%s>" % (
        revision, (1, 2, 4)[revision - 2], size * 8, told_owner.hex().encode(),
        told_user.hex().encode(),
    )  # fmt: skip
    if revision == 4:
        entries += b"/CF<</S<</CFM/AESV2/AuthEvent/DocOpen/Length 16>>>>/StmF/S/StrF/S"

    def close(number: int, data: bytes) -> bytes:
        salt = b"sAlT" if revision == 4 else b""
        own = _md5(key + struct.pack("<I", number)[:3] + b"\0\0" + salt)[: min(size + 5, 16)]
        return _aes_with_start(own, data) if revision == 4 else _rc4(own, data)

    return Lock(entries, close)


def _many_times(key: bytes, revision: int, size: int) -> bytes:
    if revision > 2:
        for _ in range(50):
            key = _md5(key[:size])
    return key[:size]


def _rc4_many(key: bytes, data: bytes, revision: int) -> bytes:
    for turn in range(1 if revision == 2 else 20):
        data = _rc4(bytes(byte ^ turn for byte in key), data)
    return data


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)


# -- 256 bits


@lru_cache
def _lock_256(user: bytes, owner: bytes) -> Lock:
    check, unlock, check_owner, unlock_owner = _SALTS
    told = _hardened(user, check) + check + unlock
    keys = aes(_hardened(user, unlock), _KEY, bytes(16))
    told_owner = _hardened(owner, check_owner, told) + check_owner + unlock_owner
    keys_owner = aes(_hardened(owner, unlock_owner, told), _KEY, bytes(16))
    allowed = struct.pack("<iI", _ALLOWED, 0xFFFFFFFF) + b"Tadb" + b"four"
    values = {"U": told, "UE": keys, "O": told_owner, "OE": keys_owner}
    values["Perms"] = aes(_KEY, allowed, bytes(16))
    entries = "".join(f"/{name}<{value.hex()}>" for name, value in values.items())
    ways = "/R 6/V 5/Length 256/CF<</S<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/S/StrF/S"
    return Lock((ways + entries).encode(), lambda _, data: _aes_with_start(_KEY, data))


def _hardened(password: bytes, salt: bytes, told: bytes = b"") -> bytes:
    """Algorithm 2.B: a hash that takes its time."""
    key = hashlib.sha256(password + salt + told).digest()
    turn = 0
    while True:
        mixed = aes(key[:16], (password + key + told) * 64, key[16:32])
        kinds = (hashlib.sha256, hashlib.sha384, hashlib.sha512)
        key = kinds[int.from_bytes(mixed[:16], "big") % 3](mixed).digest()
        turn += 1
        if turn >= 64 and mixed[-1] <= turn - 32:
            return key[:32]


# -- AES


def _aes_with_start(key: bytes, data: bytes) -> bytes:
    """With its first block before it and what is missing to whole blocks after it."""
    start = _md5(data)
    missing = 16 - len(data) % 16
    return start + aes(key, data + bytes([missing]) * missing, start)


def aes(key: bytes, data: bytes, before: bytes) -> bytes:
    """
    Whole blocks by AES, each mixed with the one before (FIPS 197; CBC).

    >>> aes(bytes(range(16)), bytes.fromhex("00112233445566778899aabbccddeeff"), bytes(16)).hex()
    '69c4e0d86a7b0430d8cdb78070b4c55a'
    """
    box, tables = _boxes()
    t0, t1, t2, t3 = tables
    s0, s1, s2 = ([byte << k for byte in box] for k in (24, 16, 8))
    first, *middle, last = _round_keys(key)
    a, b, c, d = struct.unpack(">4I", before)
    out = []
    for w, x, y, z in struct.iter_unpack(">4I", data):
        a, b, c, d = a ^ w ^ first[0], b ^ x ^ first[1], c ^ y ^ first[2], d ^ z ^ first[3]
        for p, q, r, s in middle:
            a, b, c, d = (
                t0[a >> 24] ^ t1[b >> 16 & 255] ^ t2[c >> 8 & 255] ^ t3[d & 255] ^ p,
                t0[b >> 24] ^ t1[c >> 16 & 255] ^ t2[d >> 8 & 255] ^ t3[a & 255] ^ q,
                t0[c >> 24] ^ t1[d >> 16 & 255] ^ t2[a >> 8 & 255] ^ t3[b & 255] ^ r,
                t0[d >> 24] ^ t1[a >> 16 & 255] ^ t2[b >> 8 & 255] ^ t3[c & 255] ^ s,
            )
        a, b, c, d = (
            (s0[a >> 24] | s1[b >> 16 & 255] | s2[c >> 8 & 255] | box[d & 255]) ^ last[0],
            (s0[b >> 24] | s1[c >> 16 & 255] | s2[d >> 8 & 255] | box[a & 255]) ^ last[1],
            (s0[c >> 24] | s1[d >> 16 & 255] | s2[a >> 8 & 255] | box[b & 255]) ^ last[2],
            (s0[d >> 24] | s1[a >> 16 & 255] | s2[b >> 8 & 255] | box[c & 255]) ^ last[3],
        )
        out.append(struct.pack(">4I", a, b, c, d))
    return b"".join(out)


@lru_cache
def _boxes() -> tuple[list[int], list[list[int]]]:
    """The substitution of bytes, and the same joined with the mixing of columns."""
    powers, logs, value = [0] * 255, [0] * 256, 1
    for k in range(255):
        powers[k], logs[value] = value, k
        value ^= _doubled(value)
    box = []
    for byte in range(256):
        inverse = powers[-logs[byte] % 255] if byte else 0
        turned = [inverse << k | inverse >> 8 - k for k in range(5)]
        box.append((turned[0] ^ turned[1] ^ turned[2] ^ turned[3] ^ turned[4] ^ 0x63) & 255)
    tables: list[list[int]] = [[], [], [], []]
    for byte in box:
        twice = _doubled(byte)
        word = bytes((twice, byte, byte, byte ^ twice))
        for k, table in enumerate(tables):
            table.append(int.from_bytes(word[4 - k :] + word[: 4 - k], "big"))
    return box, tables


def _doubled(byte: int) -> int:
    return (byte << 1 ^ 0x11B) & 255 if byte & 128 else byte << 1


def _round_keys(key: bytes) -> list[tuple[int, ...]]:
    box, _ = _boxes()
    words = list(struct.unpack(f">{len(key) // 4}I", key))
    size, factor = len(words), 1
    while len(words) < 4 * (size + 7):
        word = words[-1]
        if len(words) % size == 0:
            word = (word << 8 | word >> 24) & 0xFFFFFFFF
        if len(words) % size == 0 or (size == 8 and len(words) % 8 == 4):
            word = int.from_bytes(bytes(box[byte] for byte in word.to_bytes(4, "big")), "big")
        if len(words) % size == 0:
            word ^= factor << 24
            factor = _doubled(factor)
        words.append(words[-size] ^ word)
    return [tuple(words[k : k + 4]) for k in range(0, len(words), 4)]

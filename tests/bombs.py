"""What unpacks into very much, made without packing very much."""

import zlib

BLOCK = 1_000_000


def packed(byte, millions):
    """What zlib unpacks into so many million bytes alike: one packed block, laid end to end."""
    block = byte * BLOCK
    packer = zlib.compressobj(9, wbits=-15)
    piece = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    sum_of_all = 1
    for _ in range(millions):
        sum_of_all = zlib.adler32(block, sum_of_all)
    return b"\x78\xda" + piece * millions + packer.flush() + sum_of_all.to_bytes(4, "big")

"""What stands for an organisation in addresses?"""

from hashlib import sha256


def slug_of(key: str) -> str:
    """Return what stands for a key in addresses."""
    return sha256(key.encode()).hexdigest()[:16]

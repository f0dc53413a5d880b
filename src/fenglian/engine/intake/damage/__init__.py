"""How are pages damaged, and with what is the damage undone: bytes, glosses, a language model?"""

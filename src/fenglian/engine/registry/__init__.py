"""名录: who is who among the names that documents and packs write, and what is stated of them."""

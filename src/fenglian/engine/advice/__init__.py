"""What to do next, said with numbers, evidence, assumptions and the question to ask."""

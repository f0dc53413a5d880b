"""What was signed, by whom, for how much; what of it was delivered, and how sure is that?"""

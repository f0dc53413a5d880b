"""How does an alliance decide and who speaks for it: quorum, votes, elections, terms, membership?"""

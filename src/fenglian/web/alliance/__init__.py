"""联盟: who is a member, what was decided by whom, and what is to be done by when?"""

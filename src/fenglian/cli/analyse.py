"""Ask tables of your own a question: whose failure costs most, what is near to what?"""

from fenglian.cli import questions_to_links, questions_to_tables

HELP = "对自己的数据表提问。Ask your own tables."
FAMILY = {**questions_to_links.FAMILY, **questions_to_tables.FAMILY}

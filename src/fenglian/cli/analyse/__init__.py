"""Ask tables of your own a question: whose failure costs most, what is near to what?"""

from fenglian.cli.analyse import drill, links, tables

HELP = "对自己的数据表提问。Ask your own tables."
FAMILY = {**links.FAMILY, **drill.FAMILY, **tables.FAMILY}

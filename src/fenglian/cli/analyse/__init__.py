"""Ask a chain, or tables of your own: what limits it, whose failure costs most, what is near?"""

from fenglian.cli.analyse import chains, drill, gaps, links, tables

HELP = "对产业链或自己的数据表提问。Ask a chain, or your own tables."
FAMILY = {**chains.FAMILY, **gaps.FAMILY, **links.FAMILY, **drill.FAMILY, **tables.FAMILY}

"""Ask a chain, or tables of your own: what limits it, whose failure costs most, what is near?"""

from fenglian.cli.analyse import chain_drill, chains, drill, gaps, links, replay, tables

HELP = "对产业链或自己的数据表提问。Ask a chain, or your own tables."
FAMILY = {
    **chains.FAMILY,
    **gaps.FAMILY,
    **chain_drill.FAMILY,
    **links.FAMILY,
    **drill.FAMILY,
    "replay": replay.run,
    **tables.FAMILY,
}

"""Which faults can a drill have? Each names the value and the way out."""

from fenglian.engine.errors import NetworkError, PackFault


class BadShare(NetworkError):
    """A share of a capacity that cannot be lost; takes ``firm`` and ``value``."""

    zh = "“{firm}”停产的份额写的是 {value}。请写大于 0、不超过 1 的数，如 0.5；全停写 1。"
    en = "{firm!r} is to lose {value} of its capacity. Write above 0 and up to 1, as 0.5; all is 1."


class BadDays(NetworkError):
    """Days that cannot be; takes ``firm``, ``first`` and ``days``."""

    zh = "“{firm}”从第 {first} 天起、{days} 天：天数要从 1 算起。请改成第 1 天或以后、至少 1 天。"
    en = "{firm!r} from day {first}, {days} days: days count from 1. Write day 1 or later, 1 or more."


class StartsTooLate(NetworkError):
    """A stop after the last day that is looked at; takes ``firm``, ``first`` and ``days``."""

    zh = "“{firm}”从第 {first} 天停，而推演只看 {days} 天。请提前停产日，或多看几天。"
    en = "{firm!r} stops on day {first}, but only {days} days are looked at. Stop earlier or look longer."


class DrillTooLarge(NetworkError):
    """More firms times days than are kept; takes ``firms``, ``days`` and ``limit``."""

    zh = "{firms:,} 家 × {days:,} 天超过 {limit:,} 的上限。请少看几天，或只放相关的企业。"
    en = "{firms:,} firms × {days:,} days are more than {limit:,}. Look at fewer days, or at fewer firms."


class LostTwice(NetworkError):
    """More than all of a firm is lost; takes ``firm``, ``day`` and ``value`` in per cent."""

    zh = "第 {day} 天“{firm}”停产的份额加起来是 {value}%，超过全部。请减小其中一处。"
    en = "On day {day} {firm!r} loses {value} % of itself, more than all. Make one of them smaller."


class BadRules(NetworkError):
    """A rule out of its range; takes ``name``, ``value``, ``low`` and ``high``."""

    zh = "推演规则 {name} 是 {value}，要在 {low} 到 {high} 之间。请改。"
    en = "The rule {name} of the drill is {value}; it must lie between {low} and {high}. Change it."


class StandsInForNobody(NetworkError):
    """A stand-in that is of no use; takes ``supplier``, ``buyer``, ``product``, ``bought``."""

    zh = "“{supplier}”不能给“{buyer}”顶替“{product}”：“{buyer}”在网络里买的是：{bought}。请写其中一种，供应商不能是它自己。"
    en = (
        "{supplier!r} cannot stand in at {buyer!r} for {product!r}; what {buyer!r} buys in the "
        "network: {bought}. Name one of these, and another supplier than the buyer."
    )


class UnknownInput(NetworkError):
    """A product that nobody of the network makes; takes ``product`` and ``nearest``."""

    zh = "网络里没有产品（行业）“{product}”。最相近：{nearest}。请按企业表的 sector 列写。"
    en = "The network has no product (sector) {product!r}. Nearest: {nearest}. Write it as in sector."


class EndsOutOfOrder(PackFault):
    """Ends that do not enclose the working value; takes the place and ``value``."""

    zh = "“{value}”不在低值和高值之间。"
    en = "{value!r} does not lie between the low and the high end."
    remedy_zh = "请让 低 ≤ 中 ≤ 高；不知道的一端留空。"
    remedy_en = "Keep low ≤ working ≤ high; leave an end empty that is not known."


class NotADay(PackFault):
    """Something else than a day's number; takes the place and ``value``."""

    zh = "“{value}”不是天数。"
    en = "{value!r} is no number of a day."
    remedy_zh = "请写从 1 起的整数，推演第一天是 1。"
    remedy_en = "Write a whole number from 1 on; the first day of the drill is 1."


class NothingTaken(PackFault):
    """A stock of what the firm does not buy; takes the place, ``value``, ``firm`` and ``bought``."""

    zh = "“{firm}”在网络里不买“{value}”，买的是：{bought}。"
    en = "{firm!r} does not buy {value!r} in the network; it buys: {bought}."
    remedy_zh = "请写其中一种；各种都一样的，product 留空。"
    remedy_en = "Name one of these; leave product empty where the row is for all."


class UselessSubstitute(PackFault):
    """A row whose stand-in is of no use; takes the place, ``reason_zh`` and ``reason_en``."""

    zh = "{reason_zh}"
    en = "{reason_en}"
    remedy_zh = "改好这一行，或删去。"
    remedy_en = "Correct the row, or delete it."


class NoSuchStop(NetworkError):
    """Who is to stop has no known link as a maker of that product; takes ``words``."""

    zh = "“{words}”里没有可推演的单位。请写成 flange:demo-flange-04 或 flange:* 的样子；单位须有已知的供应关系。"
    en = "{words!r} names nobody who can stop: write product:organisation or product:*, of somebody with a known link."

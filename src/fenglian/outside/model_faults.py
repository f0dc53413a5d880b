"""Why a language model gave nothing: each fault with what was found, and the way out."""

from fenglian.engine.errors import FenglianError


class ModelFault(FenglianError):
    """The model was not asked, or gave no answer that can be read."""


class ModelOff(ModelFault):
    """No endpoint is set; nothing leaves the house."""

    zh = "没有开启模型。要用，请管理员设置 FENGLIAN_MODEL_URL 与 FENGLIAN_MODEL_NAME。"
    en = "No model is switched on. To use one, set FENGLIAN_MODEL_URL and FENGLIAN_MODEL_NAME."


class ModelAddress(ModelFault):
    """The address of the endpoint is none that may be asked; takes ``url``."""

    zh = "模型的地址“{url}”不能用：须是 https，或者本机的 http。请改 FENGLIAN_MODEL_URL。"
    en = "The model's address {url!r} cannot be used: https, or http on this machine. Mend FENGLIAN_MODEL_URL."


class ModelUnreachable(ModelFault):
    """The endpoint does not answer or breaks off; takes ``why``."""

    zh = "问不到模型（{why}）。请查看它是否在运行；读文不受影响。"
    en = "The model cannot be reached ({why}). See whether it runs; the reading stands as it is."


class ModelRefused(ModelFault):
    """The endpoint answered with another status than 200; takes ``status``."""

    zh = "模型回答了状态 {status}。请核对地址、模型名与密钥。"
    en = "The model answered with status {status}. Check address, model name and key."


class ModelTooSlow(ModelFault):
    """No whole answer came in time; takes ``seconds``."""

    zh = "模型在 {seconds} 秒内没有答完，已停止等待。"
    en = "The model did not finish within {seconds} seconds; nobody waits any longer."


class ModelTooMuch(ModelFault):
    """The answer is larger than is taken; takes ``limit`` in bytes."""

    zh = "模型的回答超过 {limit:,} 字节，没有读。"
    en = "The model's answer has more than {limit:,} bytes and was not read."


class ModelMalformed(ModelFault):
    """The answer has not the form of the interface."""

    zh = "模型的回答不是 OpenAI 兼容接口的格式。"
    en = "The model's answer has not the form of an OpenAI-compatible endpoint."

"""Every setting, in one table. This is the only place where the environment is read.

Each setting is an environment variable ``XIAOJUREN_`` plus its name in capitals. Command-line
options override them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from index.errors import SettingsError
from index.language.encoder import DEFAULT_MODEL

_PREFIX = "XIAOJUREN_"


class Settings(BaseModel):
    """The settings, with defaults that work offline on a laptop."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    store: Annotated[Path, Field(description="索引所在的文件夹")] = Path(".xiaojuren")
    seeds: Annotated[Path, Field(description="默认的清单文件夹")] = Path("seeds")
    model: Annotated[
        str,
        Field(description="向量模型：自带模型的名字、本地文件夹，或 sentence-transformers 模型名"),
    ] = DEFAULT_MODEL
    threads: Annotated[int, Field(ge=1, le=64, description="计算向量用的线程数，不超过核数")] = 2
    chroma_url: Annotated[
        str | None,
        Field(description="Chroma 服务器地址，如 http://127.0.0.1:8000；不设则用本地文件夹"),
    ] = None
    database_url: Annotated[
        SecretStr | None,
        Field(
            description="PostgreSQL 地址，如 postgresql://用户:密码@127.0.0.1/xiaojuren；"
            "不设则用本地文件"
        ),
    ] = None
    host: Annotated[str, Field(description="网页监听的地址")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="网页监听的端口")] = 7860
    hosts: Annotated[
        str | None,
        Field(description="网页可用的域名，多个用英文逗号隔开；本机的名字和 IP 地址总是可用"),
    ] = None
    proxies: Annotated[
        str | None, Field(description="可信的反向代理的地址，多个用英文逗号隔开；不设则没有")
    ] = None
    auth: Annotated[
        SecretStr | None,
        Field(description="登录用户，如 用户名:密码，多个用英文逗号隔开；不设则不用登录"),
    ] = None
    log_questions: Annotated[bool, Field(description="访问日志里是否写问题的原文")] = False
    max_question: Annotated[int, Field(ge=10, description="一个问题最多多少字")] = 500
    list_limit: Annotated[int, Field(ge=1, description="回答文字里最多列出多少家企业")] = 30
    read_seconds: Annotated[int, Field(ge=1, description="读一个清单最多几秒")] = 300
    read_megabytes: Annotated[int, Field(ge=512, description="读一个清单最多用多少 MB 内存")] = 4096
    admin_password: Annotated[
        SecretStr | None,
        Field(min_length=8, description="在网页上添加清单的密码；不设则网页上不能添加"),
    ] = None


def database_of(settings: Settings) -> str | None:
    """Return the address of the database, with its password; None for a file."""
    return settings.database_url.get_secret_value() if settings.database_url else None


def load_settings(**given: Any) -> Settings:
    """Return the settings from the environment; what is given comes first.

    Raises:
        SettingsError: names the variable, its value and what it must be.
    """
    told = {
        name.removeprefix(_PREFIX).lower(): value
        for name, value in os.environ.items()
        if name.startswith(_PREFIX)
    }
    try:
        return Settings.model_validate(told | given)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{_PREFIX}{'_'.join(str(part) for part in first['loc'])}".upper()
        raise SettingsError(
            f"环境变量 {name} 的值 {first['input']!r} 不可用：{first['msg']}，请改正或取消该变量"
        ) from error

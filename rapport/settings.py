"""All settings: environment variables `RAPPORT_*`, read once into one frozen record.

`rapport.settings_loading.load_settings` is the only reader of the environment. Where a value comes from, first found
first: `RAPPORT_X`, the file that `RAPPORT_X_FILE` names (secrets), `secrets.env` in `RAPPORT_HOME`, the default below.
Every field is described in docs/reference/settings.md; a test compares the two.
"""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from analytics.order_service import OrderSystem
from rapport.paths import in_project
from rapport.settings_sources import PREFIX, FileVariants

Port = Annotated[int, Field(ge=1, le=65535)]
ProjectPath = Annotated[Path, AfterValidator(in_project)]
#: 32 characters: HMAC-SHA256 is no stronger than its key.
Secret = Annotated[SecretStr, Field(min_length=32)]
LogFormat = Literal["auto", "pretty", "json"]

SHOPS = Path("rapport/shops/complete_journey")


def as_origin(text: str) -> str:
    """Give scheme and host of an address that has nothing else."""
    scheme, separator, host = text.rstrip("/").partition("://")
    if scheme not in ("http", "https") or not separator or not host or "/" in host:
        raise ValueError(f"{text!r} is not an origin; write scheme and host only, such as https://shop.example")
    return f"{scheme}://{host}"


def as_service_address(text: str) -> str:
    """Give the address of a service; in the clear only on this machine or to a name of the own network."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise ValueError("write an address such as https://shop.example/rapport-orders")
    near = "." not in host or host.startswith("127.")
    if parts.scheme == "http" and not near:
        raise ValueError("customers' data pass there: use https://")
    return text.rstrip("/")


class Settings(BaseSettings):
    """One installation's settings; made by `load_settings`, handed to whoever needs them, never changed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    home: ProjectPath = Path("var")
    database_url: str = Field(default="", repr=False)
    host: str = "127.0.0.1"
    port: Port = 8080
    public_url: str = ""
    rasa_port: Port = 5005
    actions_port: Port = 5055
    rasa_python: ProjectPath = Path(".venv-rasa/bin/python")
    rasa_db: ProjectPath | None = None
    models: ProjectPath = Path("models")
    shop: ProjectPath = SHOPS / "shop.yml"
    mapping: ProjectPath = SHOPS / "mapping.yml"
    demo: bool = False
    on_device: bool = False
    internal_secret: Secret
    identity_secret: Secret
    console_key: Secret
    orders_url: str = ""
    orders_secret: Secret | None = None
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    messages_per_second: float = Field(default=1.0, gt=0)
    conversations_per_12_hours: float = Field(default=240.0, gt=0)
    turn_deadline_seconds: float = Field(default=10.0, gt=0, le=60)
    rasa_in_flight: int = Field(default=2, ge=1, le=64)
    event_days: int = Field(default=400, ge=1)
    refresh_at: str = "03:00"
    segments_every_days: int = Field(default=7, ge=1, le=366)
    segments_drift: float = Field(default=0.25, gt=0)
    start_seconds: float = Field(default=90.0, gt=0, le=3600)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: LogFormat = "auto"

    def __init__(self, **values: Any) -> None:
        # Written out because the sources fill the required secrets, which a type checker cannot see.
        super().__init__(**values)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the `_FILE` variants between the variables themselves and `secrets.env`."""
        return init_settings, env_settings, FileVariants(settings_cls), dotenv_settings

    @field_validator("allowed_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Read "https://a.example, https://b.example"."""
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("allowed_origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(as_origin(origin) for origin in origins)

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str) -> str:
        return as_origin(value) if value else value

    @field_validator("trusted_proxies")
    @classmethod
    def _check_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            try:
                ip_network(network)
            except ValueError:
                raise ValueError(
                    f"{network!r} is not a network; write an address or a range such as 10.0.0.0/8"
                ) from None
        return networks

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("refresh_at")
    @classmethod
    def _check_time(cls, value: str) -> str:
        hour, separator, minute = value.partition(":")
        if not (separator and hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
            raise ValueError("write a time of day in UTC as HH:MM, such as 03:00")
        return value

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("write sqlite:///path/to/file.db or postgresql+psycopg://user:password@host:5432/name")
        return value

    @field_validator("orders_url")
    @classmethod
    def _check_orders_url(cls, value: str) -> str:
        return as_service_address(value) if value else value

    @model_validator(mode="after")
    def _check_orders(self) -> Self:
        if bool(self.orders_url) != bool(self.orders_secret):
            raise ValueError("RAPPORT_ORDERS_URL and RAPPORT_ORDERS_SECRET: set both, or neither")
        return self

    @model_validator(mode="after")
    def _check_ports(self) -> Self:
        ports = {
            "RAPPORT_PORT": self.port,
            "RAPPORT_RASA_PORT": self.rasa_port,
            "RAPPORT_ACTIONS_PORT": self.actions_port,
        }
        if len(set(ports.values())) < len(ports):
            told = ", ".join(f"{name} is {port}" for name, port in ports.items())
            raise ValueError(f"{told}: give each process a port of its own")
        return self

    @property
    def database(self) -> str:
        """The database's SQLAlchemy URL: `database_url`, or the file `rapport.db` in `home`."""
        return self.database_url or f"sqlite:///{self.home / 'rapport.db'}"

    @property
    def rasa_database(self) -> Path:
        """Rasa's own file of tracker events."""
        return self.rasa_db or self.home / "rasa.db"

    @property
    def artifacts(self) -> Path:
        """Where trained segments and recommenders are kept."""
        return self.home / "artifacts"

    @property
    def reports(self) -> Path:
        """Where the last reports are kept."""
        return self.home / "reports"

    @property
    def run_folder(self) -> Path:
        """What the running service says of itself: process numbers, heartbeats."""
        return self.home / "run"

    @property
    def order_system(self) -> OrderSystem | None:
        """The shop's own order system; None where requests about orders are kept in the database."""
        if self.orders_secret is None:
            return None
        return OrderSystem(url=self.orders_url, secret=self.orders_secret.get_secret_value())

    @property
    def gateway_address(self) -> str:
        """The public address on this machine, such as http://127.0.0.1:8080."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104 - read, not bound
        return f"http://{host}:{self.port}"

    @property
    def public_address(self) -> str:
        """The address people use: `public_url` where a proxy stands in front, else the gateway's own."""
        return self.public_url or self.gateway_address

    @property
    def rasa_address(self) -> str:
        """Rasa's address; loopback only, always."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_address(self) -> str:
        """The action server's address; loopback only, always."""
        return f"http://127.0.0.1:{self.actions_port}"

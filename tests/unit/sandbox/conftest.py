from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as world:
        yield world


@pytest.fixture
def alice(sandbox: Sandbox) -> Person:
    return sandbox.person("Alice")


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(session, sandbox.telegram_url, sandbox.token)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """A real aiogram bot, pointed at the sandbox."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.telegram_url))
    async with Bot(sandbox.token, session=session, default=DefaultBotProperties(parse_mode="HTML")) as real:
        yield real

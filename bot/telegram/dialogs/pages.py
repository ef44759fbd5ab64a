"""Many buttons, a page at a time, with the way to the other pages under them: one arrow back, ``2 / 3``, one on."""

from aiogram.types import InlineKeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import RawKeyboard
from aiogram_dialog.widgets.kbd import Keyboard, ScrollingGroup

from bot.telegram.dialogs.widgets import speaker


class Pages(ScrollingGroup):
    """Shows no pager where there is one page; no arrow leads to where one is."""

    def __init__(self, *buttons: Keyboard, id: str, width: int, height: int) -> None:  # noqa: A002 - aiogram-dialog's word
        """``height`` rows of ``width`` buttons are a page."""
        super().__init__(*buttons, id=id, width=width, height=height, hide_on_single_page=True)

    async def _render_pager(self, pages: int, manager: DialogManager) -> RawKeyboard:
        if pages <= 1:
            return []
        here = min(pages - 1, await self.get_page(manager))
        say = speaker(manager)
        where = say.plain("home-page", page=str(here + 1), pages=str(pages))
        shown = [(say.plain("page-before"), here - 1), (where, here), (say.plain("page-after"), here + 1)]
        return [
            [
                InlineKeyboardButton(text=text, callback_data=self._item_callback_data(page))
                for text, page in shown
                if 0 <= page < pages
            ]
        ]

"""The methods, one module per topic. This table is the whole list; what is not in it does not exist (404)."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.telegram.methods import callbacks, chats, deleting, editing, pinning, profile, sending, updating
from bot.sandbox.telegram.state import Telegram

Method = Callable[[Telegram, dict[str, Any]], Awaitable[Any]]
"""Takes checked parameters and returns the `result`; raises BotApiError."""

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "close": profile.close,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getUpdates": updating.get_updates,
    "setWebhook": updating.set_webhook,
    "deleteWebhook": updating.delete_webhook,
    "getWebhookInfo": updating.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "setMessageReaction": sending.set_message_reaction,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": deleting.delete_message,
    "deleteMessages": deleting.delete_messages,
    "pinChatMessage": pinning.pin_chat_message,
    "unpinChatMessage": pinning.unpin_chat_message,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "getFile": callbacks.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
}

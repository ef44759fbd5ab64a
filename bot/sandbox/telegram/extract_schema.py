"""Cuts schema.json: the part of the Bot API this sandbox speaks, out of the schema in aiogram's source distribution.

After adding a method to METHODS:
`python -m bot.sandbox.telegram.extract_schema <its .butcher/schema/schema.json>`
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

METHODS = (
    "getMe", "close", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo",
    "sendMessage", "sendPhoto", "sendDocument", "sendChatAction", "setMessageReaction",
    "editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup",
    "deleteMessage", "deleteMessages", "pinChatMessage", "unpinChatMessage", "answerCallbackQuery", "getFile",
    "getChat", "getChatMember", "getChatAdministrators", "leaveChat",
    "setMyCommands", "getMyCommands", "deleteMyCommands", "setMyDescription", "setMyShortDescription",
    "setChatMenuButton",
)  # fmt: skip
LEFT_OUT = {
    "InputRichMessage", "SuggestedPostParameters", "EphemeralMessageParameters",
    "KeyboardButtonRequestManagedBot", "KeyboardButtonPollType", "WebAppInfo", "LoginUrl",
    "SwitchInlineQueryChosenChat", "CallbackGame", "MenuButtonWebApp", "ReactionTypePaid", "ReactionTypeCustomEmoji",
    "InputMediaAnimation", "InputMediaAudio", "InputMediaDocument", "InputMediaLivePhoto", "InputMediaVideo",
}  # fmt: skip
"""Types the service has no use for. A parameter or field of such a type is refused as unknown."""
BUSINESS = {"business_connection_id", "direct_messages_topic_id", "inline_message_id"}
NOTICE = (
    "A subset of .butcher/schema/schema.json of aiogram 3.31.0 (https://github.com/aiogram/aiogram), "
    "with descriptions left out. MIT License. Copyright (c) 2017 - present Alex Root Junior. "
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated "
    'documentation files (the "Software"), to deal in the Software without restriction, including without limitation '
    "the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and "
    "to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above "
    "copyright notice and this permission notice shall be included in all copies or substantial portions of the "
    'Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT '
    "LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT "
    "SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION "
    "OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER "
    "DEALINGS IN THE SOFTWARE."
)
CONSTANT = re.compile(r"(?:always|must be) ['\"]?(\w+)['\"]?$")


def extract(source: dict[str, Any]) -> dict[str, Any]:
    """The subset: methods and object types with their fields, unions with their members."""
    known = {item["name"]: item for group in source["items"] for item in group["children"]}
    types: dict[str, Any] = {}
    unions: dict[str, list[str]] = {}

    def fields_of(item: dict[str, Any]) -> dict[str, Any]:
        fields = {}
        for annotation in item["annotations"]:
            named = set(re.findall(r"[A-Z]\w+", annotation["type"]))
            if annotation["name"] in BUSINESS or named & LEFT_OUT:
                continue
            for name in named:
                visit(name)
            field = {"type": annotation["type"], "required": annotation["required"]}
            constant = CONSTANT.search(annotation["description"])
            if annotation["name"] == "type" and constant:
                field["always"] = constant[1]
            fields[annotation["name"]] = field
        return fields

    def visit(name: str) -> None:
        if name not in known or name in types or name in unions:
            return
        item = known[name]
        members = re.findall(r"^ - (\w+)$", item["description"], re.MULTILINE)
        if members:
            unions[name] = [member for member in members if member not in LEFT_OUT]
            for member in unions[name]:
                visit(member)
            return
        types[name] = {}
        types[name] = fields_of(item)

    methods = {name: fields_of(known[name]) for name in METHODS}
    return {
        "notice": NOTICE,
        "api": source["api"],
        "methods": methods,
        "types": dict(sorted(types.items())),
        "unions": dict(sorted(unions.items())),
    }


if __name__ == "__main__":
    schema = extract(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    target = Path(__file__).with_name("schema.json")
    target.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

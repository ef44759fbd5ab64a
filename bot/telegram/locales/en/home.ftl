# The list of connections, the welcome, and the language.

home-welcome =
    👋 <b>I watch your exchange keys.</b>
    Connect an exchange account by API key, and I check that key every { $interval }: if it dies, or may suddenly withdraw, you hear of it here, with what to do.

    🔐 I take no key that can withdraw or transfer, delete your message with it at once, and keep it only encrypted.
    What you should know: Telegram, and whoever runs this server, could read a key while it passes through this chat.
home-title = <b>Your connections</b>
home-line =
    { $sign } <b>{ $label }</b>
    { $place }{ $paused ->
        [yes] {" "}· ⏸ paused
       *[no] {""}
    } · { $checked }
home-checked = checked { $ago }
home-not-checked = not checked yet
home-page = { $page } / { $pages }
page-before = ‹
page-after = ›
home-language = 🌐 Language

language-title =
    🌐 <b>Language</b>
    I follow your Telegram setting unless you choose one here.
language-en = English
language-pl = Polski
language-follow = Follow Telegram
language-chosen = ✓ { $name }

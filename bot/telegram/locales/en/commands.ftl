# What stands next to a command in Telegram's menu, and what commands say.

command-start = What I am, and your connections
command-connections = Your connections
command-connect = Connect an exchange
command-guide = How to create a key, for each exchange
command-ips = My addresses for your keys’ IP lists
command-leaked = A key leaked? What to do, in order
command-alerts = What I send, and when it is quiet
command-language = Choose the language
command-help = How this works
command-cancel = Stop what is being entered

help =
    <b>How this works</b>

    /connect: connect an exchange account by API key, step by step
    /connections: how your keys are doing; pause, rotate, rename, share, disconnect; and what others share with you
    /status: a card on top of this chat that is always true; in groups too
    /guide: how to create a key, for each exchange; “/guide okx” goes straight there
    /ips: my addresses for your keys’ IP lists
    /leaked: a key leaked, or might have? What to do, in order
    /alerts: what I send, quiet hours, your time zone; in a group, those of the group
    /maintenance: hours in which you expect trouble, and hear only of what you must mend
    /digest: a digest of each day or week, if you want one
    /language: choose the language
    /leave: hear no more of others’ connections
    /cancel: stop what is being entered; a key that was half entered is wiped

    I check each key every { $interval }. An outage I tell you once it lasts; a key that is dead, or that may suddenly withdraw, at once.
    <blockquote expandable><b>What I promise</b>
    A message with a key is deleted as soon as it arrives. A key that may withdraw or transfer is refused. Keys are kept encrypted, and disconnecting destroys them for good. Checking only reads: I place no orders and move no money.
    <b>What I cannot promise</b>
    Telegram, and whoever runs this server, could read a key while it passes through this chat. Give me keys with an IP whitelist: elsewhere they are worth nothing.</blockquote>
cancel-nothing = There was nothing to cancel.
not-understood = I did not understand that. /connections shows your connections, /help everything else.
about-short = Watches your exchange API keys and tells you when one dies or turns dangerous.
about-long = I check the API keys of your exchange accounts every minute. If one stops working, or may suddenly withdraw, you hear of it here at once, with buttons to pause, rotate or mute. I take no key that can withdraw.
